"""Addresses of other people's packages, which carry no permission of ours: each with its gate."""

# Module of the view -> who gets in, and by whose decision.
FOREIGN_VIEWS = {
    "allauth.account.views": "sign-in pages: public; the account's own pages ask for a sign-in",
    "allauth.mfa.base.views": "second factor: signed in, and asked for the password again",
    "allauth.mfa.recovery_codes.views": "second factor: signed in, and asked again",
    "allauth.mfa.totp.views": "second factor: signed in, and asked again",
    "allauth.mfa.webauthn.views": "passkeys: public to sign in, else signed in and asked again",
    "allauth.mfa.trust.views": "second factor: remembers this browser while signing in",
    "django.views.i18n": "the language switch: public, changes a cookie",
}
