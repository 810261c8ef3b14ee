"""The application that the web server calls."""

import os

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xinghai.config.settings")

if not os.environ.get("XINGHAI_SECRET_KEY") and settings.MODE == "serve":
    raise ImproperlyConfigured("XINGHAI_SECRET_KEY is missing: start the site by ./xinghai serve")

application = get_wsgi_application()
