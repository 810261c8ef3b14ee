"""The application that the web server calls."""

import os

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xinghai.config.settings")

for name in ("XINGHAI_SECRET_KEY", "XINGHAI_PERSONAL_KEY"):
    if not os.environ.get(name) and settings.MODE == "serve":
        raise ImproperlyConfigured(f"{name} is missing: start the site by ./xinghai serve")

application = get_wsgi_application()
