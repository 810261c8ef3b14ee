"""Settings of every process; what a deployment may change comes from the environment.

`XINGHAI_MODE` is `serve` (the default: strict), `demo` (plain HTTP on the
loopback address, staff may sign in without a second factor) or `test`.
"""

from datetime import timedelta
from pathlib import Path

import environ

from xinghai.config.demonstration.sign_ins import SIGN_INS
from xinghai.config.logs import logging_settings

env = environ.Env()

MODE = env.str("XINGHAI_MODE", default="serve")
DATA_DIR = Path(env.str("XINGHAI_DATA_DIR", default="data")).resolve()
PACKAGE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = env.str("XINGHAI_SECRET_KEY", default="") or "insecure-only-for-tooling"
# Numbers of identity documents are stored under it. It is kept apart from SECRET_KEY, which may be
# changed at any time: without this one the numbers cannot be read again.
PERSONAL_KEY = env.str("XINGHAI_PERSONAL_KEY", default="") or "insecure-only-for-tooling"
DEBUG = False
ALLOWED_HOSTS = env.list("XINGHAI_HOSTS", default=["127.0.0.1", "localhost"])
CSRF_TRUSTED_ORIGINS = env.list("XINGHAI_ORIGINS", default=[])
SITE_OWNER = env.str("XINGHAI_SITE_OWNER", default="")
SITE_CONTACT = env.str("XINGHAI_SITE_CONTACT", default="")
SITE_URL = env.str("XINGHAI_SITE_URL", default="http://127.0.0.1:8000")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "django_htmx",
    "pgtrigger",
    "procrastinate.contrib.django",
    "rules.apps.AutodiscoverRulesConfig",
    "xinghai.kernel",
    "xinghai.accounts",
    "xinghai.corpus",
    "xinghai.calls",
    "xinghai.submissions",
    "xinghai.casework",
    "xinghai.duplicates",
    "xinghai.suggestions",
    # Processes that live only in the tests; their runner names them.
    *(env.list("XINGHAI_TEST_APPS", default=[]) if MODE == "test" else []),
    "xinghai.portal",
    "xinghai.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "xinghai.kernel.middleware.SecurityHeaders",
    "xinghai.kernel.middleware.OneRequest",
    "xinghai.kernel.kept_pages.KeptPages",
    "xinghai.kernel.middleware.ClientAddress",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Lengths tell nothing: every answer gets bytes of chance, every CSRF token a new mask.
    "django.middleware.gzip.GZipMiddleware",
    "xinghai.kernel.middleware.StorableText",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "xinghai.accounts.middleware.Visitor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "xinghai.accounts.middleware.SecondFactor",
    "xinghai.kernel.middleware.WaitingForTexts",
]

ROOT_URLCONF = "xinghai.config.urls"
WSGI_APPLICATION = "xinghai.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "xinghai.kernel.display.display_settings",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
        },
    }
]

DATABASES = {"default": env.db_url("DATABASE_URL", default="postgres://xinghai@/xinghai")}
DATABASES["default"]["ENGINE"] = "django.db.backends.postgresql"
# A row with its names joins nine small tables. In the order they are written that is as quick as
# in any other, and the planner would spend ten milliseconds to find out, in every request.
DATABASES["default"]["OPTIONS"] = {
    "options": "-c join_collapse_limit=4",
    **DATABASES["default"].get("OPTIONS", {}),
    "pool": {
        "min_size": 1,
        "max_size": env.int("XINGHAI_DB_POOL", default=8 if MODE != "test" else 40),
        "timeout": 10,
    },
}
DATABASES["default"]["ATOMIC_REQUESTS"] = False
# Workers of the tests clone one migrated database instead of migrating each their own.
if TEST_TEMPLATE := env.str("XINGHAI_TEST_TEMPLATE", default=""):
    DATABASES["default"]["TEST"] = {"TEMPLATE": TEST_TEMPLATE}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
# What the city lists by itself: districts, titles of organisations, its own names.
CITY_FILE = Path(
    env.str("XINGHAI_CITY_FILE", default="") or PACKAGE_DIR / "calls/definitions/city.toml"
)
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [PACKAGE_DIR / "static"]
STATIC_BACKEND = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
    if MODE == "test"
    else "xinghai.config.staticfiles.HashedStatics"
)
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        # Attachments are read through the site alone, never by other accounts of the machine.
        "OPTIONS": {
            "location": DATA_DIR / "files",
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {"BACKEND": STATIC_BACKEND},
}

# SM3 is the national digest (GB/T 32905); sha256 where a partner demands it.
DIGEST = env.str("XINGHAI_DIGEST", default="sm3")
# How long the trail keeps the addresses its events came from. Six months are the least the
# Cybersecurity Law (art. 21) asks for; the Personal Information Protection Law (art. 19), no more
# than is needed.
EVENT_ADDRESS_DAYS = env.int("XINGHAI_ADDRESS_DAYS", default=190)
# A model's directory, or the base of an endpoint that speaks /embeddings: texts go there.
ENCODER = env.str("XINGHAI_ENCODER", default="")
ENCODER_MODEL = env.str("XINGHAI_ENCODER_MODEL", default="")
ENCODER_KEY = env.str("XINGHAI_ENCODER_KEY", default="")

# Where the process that compares texts answers; the launcher names it to the web and to it.
TEXTS_SOCKET = env.str("XINGHAI_TEXTS", default="")

# Every autosave is a version. Older ones are thinned at night to the newest of each interval.
REVISIONS_KEPT_WHOLE = timedelta(days=max(1, env.int("XINGHAI_VERSIONS_KEPT_DAYS", default=2)))
REVISIONS_THINNED_TO = timedelta(minutes=max(1, env.int("XINGHAI_VERSIONS_MINUTES", default=15)))

# An upload nobody names is kept so long: the page that would have named it may lie open, unsaved,
# over the longest holidays (nine days at New Year).
UNNAMED_FILES_KEPT = timedelta(days=max(1, env.int("XINGHAI_UNNAMED_FILES_DAYS", default=14)))

# A demonstration writes its letters into files instead of sending them.
EMAIL_CONFIG = env.email_url(
    "XINGHAI_MAIL_URL", default="filemail://" if MODE == "demo" else "consolemail://"
)
EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_BACKEND = EMAIL_CONFIG["EMAIL_BACKEND"]
EMAIL_HOST = EMAIL_CONFIG["EMAIL_HOST"] or "localhost"
EMAIL_PORT = EMAIL_CONFIG["EMAIL_PORT"] or 25
EMAIL_HOST_USER = EMAIL_CONFIG["EMAIL_HOST_USER"] or ""
EMAIL_HOST_PASSWORD = EMAIL_CONFIG["EMAIL_HOST_PASSWORD"] or ""
DEFAULT_FROM_EMAIL = env.str("XINGHAI_MAIL_FROM", default="xinghai@localhost")
MAIL_DOMAIN = DEFAULT_FROM_EMAIL.rsplit("@", 1)[-1]

LOGGING = logging_settings(env.str("XINGHAI_LOG", default="info"))

SESSION_ENGINE = "xinghai.accounts.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 8 * 3600
SESSION_SAVE_EVERY_REQUEST = False
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if MODE == "serve":
    SESSION_COOKIE_SECURE = env.bool("XINGHAI_HTTPS", default=True)
    CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE
    SECURE_HSTS_SECONDS = env.int("XINGHAI_HSTS_SECONDS", default=0)

# Pages for visitors without a session are rendered once and kept until what they show changes.
KEEP_PAGES = env.bool("XINGHAI_KEEP_PAGES", default=True)

# Only a proxy that sets both headers itself may be believed: anybody can send them.
BEHIND_PROXY = env.bool("XINGHAI_BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "name", "email", "mobile"]},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# A demonstration offers its people, and their password, on the sign-in page.
DEMO_SIGN_INS = SIGN_INS if MODE == "demo" else ()
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/my/"
ACCOUNT_ADAPTER = "xinghai.accounts.adapter.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_SESSION_COOKIE_AGE = SESSION_COOKIE_AGE
RESET_TOKENS = "django.contrib.auth.tokens.PasswordResetTokenGenerator"
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = RESET_TOKENS
ACCOUNT_FORMS = {
    "login": "xinghai.accounts.forms.entrance.SignInForm",
    "change_password": "xinghai.accounts.forms.entrance.ChangePasswordForm",
    "set_password": "xinghai.accounts.forms.entrance.SetPasswordForm",
    "reset_password": "xinghai.accounts.forms.entrance.ResetPasswordForm",
    "reset_password_from_key": "xinghai.accounts.forms.entrance.ResetPasswordKeyForm",
    "reauthenticate": "xinghai.accounts.forms.entrance.ReauthenticateForm",
}
# Per account: a whole university comes from one address. Sign-in itself is counted by axes.
ACCOUNT_RATE_LIMITS = {
    "login": False,
    "login_failed": "10/15m/key",
    "signup": False,
    "reset_password": "5/15m/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "10/m/user",
    "reauthenticate": "10/m/user",
}
MFA_ADAPTER = "xinghai.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Xinghai"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = MODE != "serve"
MFA_FORMS = {
    "authenticate": "xinghai.accounts.forms.entrance.SecondFactorForm",
    "reauthenticate": "xinghai.accounts.forms.entrance.SecondFactorAgainForm",
    "activate_totp": "xinghai.accounts.forms.entrance.StartTotpForm",
    "add_webauthn": "xinghai.accounts.forms.entrance.AddPasskeyForm",
    "edit_webauthn": "xinghai.accounts.forms.entrance.RenamePasskeyForm",
}
# The bureau's people need a second factor where the platform is in real use.
STAFF_NEED_SECOND_FACTOR = env.bool("XINGHAI_STAFF_SECOND_FACTOR", default=MODE == "serve")

AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
# Per account, not per address: a whole university comes from one address.
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_LOCKOUT_TEMPLATE = "accounts/locked_out.html"
AXES_DISABLE_ACCESS_LOG = True
SILENCED_SYSTEM_CHECKS = ["axes.W006"]
AXES_RESET_ON_SUCCESS = True
