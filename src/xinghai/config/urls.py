"""Addresses of the whole house, by audience."""

from django.urls import include, path

from xinghai.accounts import urls as accounts
from xinghai.calls import urls as calls
from xinghai.config.health import health
from xinghai.kernel import urls as kernel
from xinghai.portal import urls as portal
from xinghai.suggestions import urls as suggestions

suggestions_urls = [
    path("", include(suggestions.public)),
    path("my/", include(suggestions.my)),
    path("unit/", include(suggestions.unit)),
    path("office/", include(suggestions.office)),
]

accounts_urls = [
    path("", include(accounts.public)),
    path("my/", include(accounts.my)),
    path("unit/", include(accounts.unit)),
    path("office/", include(accounts.office)),
]

calls_urls = [
    path("", include(calls.public)),
    path("my/", include(calls.my)),
    path("office/", include(calls.office)),
]

urlpatterns = [
    path("", include((portal.public, "portal"))),
    path("", include((suggestions_urls, "suggestions"))),
    path("", include((accounts_urls, "accounts"))),
    path("account/", include(accounts.account)),
    path("healthz/", health, name="health"),
    path("", include(kernel.public)),
    path("my/", include(kernel.my)),
    path("", include((calls_urls, "calls"))),
]
