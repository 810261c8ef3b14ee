"""Addresses of the whole house, by audience."""

from django.urls import include, path

from xinghai.accounts import urls as accounts
from xinghai.config.health import health
from xinghai.kernel import urls as kernel
from xinghai.portal import urls as portal

accounts_urls = [
    path("", include(accounts.public)),
    path("my/", include(accounts.my)),
    path("unit/", include(accounts.unit)),
    path("office/", include(accounts.office)),
]

urlpatterns = [
    path("", include((portal.public, "portal"))),
    path("", include((accounts_urls, "accounts"))),
    path("account/", include(accounts.account)),
    path("healthz/", health, name="health"),
    path("my/", include(kernel.my)),
]
