"""Addresses of the whole house, by audience."""

from django.urls import include, path

from xinghai.config.health import health
from xinghai.kernel import urls as kernel
from xinghai.portal import urls as portal

urlpatterns = [
    path("", include((portal.public, "portal"))),
    path("account/", include("allauth.urls")),
    path("healthz/", health, name="health"),
    path("my/", include(kernel.my)),
]
