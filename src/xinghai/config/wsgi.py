"""The application that the web server calls."""

import os
from threading import Thread

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

from xinghai.similarity.warming import warm

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xinghai.config.settings")

if not os.environ.get("XINGHAI_SECRET_KEY") and settings.MODE == "serve":
    raise ImproperlyConfigured("XINGHAI_SECRET_KEY is missing: start the site by ./xinghai serve")

application = get_wsgi_application()
Thread(target=warm, name="warming", daemon=True).start()
