"""Addresses of the whole house, by audience; each process's shared views are mounted here."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, include, path
from django.utils.module_loading import import_string

from xinghai.accounts import urls as accounts
from xinghai.calls import urls as calls
from xinghai.casework import urls as casework
from xinghai.config.health import health
from xinghai.config.old_addresses import old_addresses
from xinghai.duplicates import urls as duplicates
from xinghai.kernel import urls as kernel
from xinghai.portal import urls as portal
from xinghai.submissions import urls as submissions
from xinghai.submissions.process import Process, every_process


def addresses_of(process: Process) -> Iterator[URLResolver]:
    """Yield a process's addresses by audience; its own ones are matched before the shared ones."""
    own: list[URLPattern] = import_string(process.office_urls) if process.office_urls else []
    mine = [*duplicates.my_of(process), *submissions.my_of(process)]
    office = [*own, *duplicates.office_of(process), *casework.office_of(process)]
    yield path(f"my/{process.room}/", include(mine))
    yield path(f"unit/{process.room}/", include(submissions.unit_of(process)))
    yield path(f"office/{process.room}/", include(office))


submissions_urls = [
    path("", include(submissions.public)),
    path("my/", include(submissions.my)),
    path("unit/", include(submissions.unit)),
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
    *(path("", include((list(addresses_of(one)), one.room))) for one in every_process()),
    path("", include((submissions_urls, "submissions"))),
    path("office/", include((casework.first_pages, "casework"))),
    path("", include((accounts_urls, "accounts"))),
    path("account/", include(accounts.account)),
    path("healthz/", health, name="health"),
    path("", include(kernel.public)),
    path("my/", include(kernel.my)),
    path("", include((calls_urls, "calls"))),
    path("", include(old_addresses)),
]
