"""Pages for visitors without a session, rendered once and kept until what they show changes.

A page is kept under everything it was made from, and for nothing else: it is rendered for a
request that carries its key and nothing of the visitor. It is served while the counts of every
table it read are those from before it read them (`changes`), and until the first moment at which
its own words, a window or the day would say something else. Both are asked of the database with
each visit: a NOTIFY would arrive after the change, and a page could be of yesterday meanwhile.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

import psycopg
from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request

from xinghai.kernel.changes import Reading, Tables, read_changes
from xinghai.kernel.clock import collecting_ends
from xinghai.kernel.display import COOKIE, Display
from xinghai.kernel.page_memory import KeptPage, PageMemory
from xinghai.kernel.turns import next_turns

Answering = Callable[[HttpRequest], HttpResponse]

LONGEST = 200
PLAIN_VALUE = re.compile(r"[\w.-]{0,40}", re.ASCII)
ACCEPTS_GZIP = re.compile(r"\bgzip\b")
# What tells of a person, or asks for less than a page: such a request is answered for itself.
PERSONAL_COOKIES = (settings.SESSION_COOKIE_NAME, "messages")
PERSONAL_HEADERS = ("HTTP_AUTHORIZATION", "HTTP_HX_REQUEST", "HTTP_RANGE")
# Of the visitor's own headers these alone reach the page; `Key` holds what they say.
OF_THE_SITE = (
    "SCRIPT_NAME",
    "PATH_INFO",
    "QUERY_STRING",
    "SERVER_NAME",
    "SERVER_PORT",
    "SERVER_PROTOCOL",
    "HTTP_HOST",
)

memory = PageMemory()


def kept(*queries: str) -> Callable[[Any], Any]:
    """Say that a view's page may be kept, with these words of the address and no others."""

    def decorate(view: Any) -> Any:
        view.kept_with = frozenset(queries)
        return view

    return decorate


@dataclass(frozen=True)
class Key:
    """Everything a kept page may depend on beside the database."""

    scheme: str
    host: str
    path: str
    query: str
    language: str
    look: str
    is_packed: bool

    @classmethod
    def of(cls, request: HttpRequest) -> "Key":
        """Read it from a request; raises DisallowedHost like every page."""
        meta = request.META
        return cls(
            scheme=str(request.scheme),
            host=request.get_host(),
            path=request.path,
            query=meta.get("QUERY_STRING", ""),
            language=get_language_from_request(request),
            look=Display.from_cookie(request.COOKIES.get(COOKIE, "")).to_cookie(),
            is_packed=ACCEPTS_GZIP.search(meta.get("HTTP_ACCEPT_ENCODING", "")) is not None,
        )

    def as_request(self, request: HttpRequest) -> HttpRequest:
        """Make a request that says what the key says and nothing else of the visitor."""
        meta = request.META
        said = {name: meta[name] for name in OF_THE_SITE if name in meta}
        said |= {name: value for name, value in meta.items() if name.startswith("wsgi.")}
        said |= {
            "REQUEST_METHOD": "GET",
            "wsgi.url_scheme": self.scheme,
            "HTTP_ACCEPT_LANGUAGE": self.language,
            "HTTP_COOKIE": f"{COOKIE}={self.look}",
            "HTTP_ACCEPT_ENCODING": "gzip" if self.is_packed else "",
        }
        if settings.SECURE_PROXY_SSL_HEADER:
            name, secure = settings.SECURE_PROXY_SSL_HEADER
            said[name] = secure if self.scheme == "https" else ""
        bare: HttpRequest = type(request)(said)  # type: ignore[call-arg] # a WSGIRequest
        return bare


class KeptPages:
    """Answer from memory, before the session and the language are looked at."""

    def __init__(self, get_response: Answering) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.KEEP_PAGES or _is_personal(request):
            return self.get_response(request)
        key = Key.of(request)
        page = memory.get(key)
        if page is None and not may_keep(request, key):
            return self.get_response(request)
        try:
            now = read_changes()
        except (psycopg.Error, DatabaseError):
            return self.get_response(request)
        if page is not None and page.is_true(now):
            return page.answer()
        return self._make(request, key, now)

    def _make(self, request: HttpRequest, key: Key, now: Reading) -> HttpResponse:
        """Render for nobody, and keep it; what would tell a visitor something is done again."""
        tables = Tables()
        with tables.heard(), collecting_ends() as ends:
            answer = self.get_response(key.as_request(request))
            ends += next_turns(now.moment)
        if answer.cookies:
            return self.get_response(request)
        if answer.status_code == 200 and not answer.streaming and not tables.unsure:
            patch_vary_headers(answer, ("Cookie", "Accept-Language", "Accept-Encoding"))
            page = KeptPage(
                content=answer.content,
                headers=tuple(answer.headers.items()),
                tables=frozenset(tables.names),
                seen=now,
                made_at=now.moment,
                ends_at=min(ends),
            )
            memory.put(key, page)
        return answer


def _is_personal(request: HttpRequest) -> bool:
    meta = request.META
    if request.method not in ("GET", "HEAD") or any(name in meta for name in PERSONAL_HEADERS):
        return True
    return bool(meta.get("HTTP_COOKIE")) and any(
        name in request.COOKIES for name in PERSONAL_COOKIES
    )


def may_keep(request: HttpRequest, key: Key) -> bool:
    """Whether a view says so, and the address holds only words it names, each once and short."""
    if request.method != "GET" or len(key.path) + len(key.query) > LONGEST:
        return False
    try:
        allowed = getattr(resolve(request.path_info).func, "kept_with", None)
    except Resolver404:
        return False
    words = parse_qsl(key.query, keep_blank_values=True)
    names = [name for name, _value in words]
    return (
        allowed is not None
        and allowed.issuperset(names)
        and len(names) == len(set(names))
        and all(PLAIN_VALUE.fullmatch(value) for _name, value in words)
        and urlencode(words) == key.query
    )
