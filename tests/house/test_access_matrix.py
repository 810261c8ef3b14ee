"""Every address, every role: taken from the routes, so a new page is in it by itself.

The suggestions belong to other people. What the rules refuse is refused with the right answer,
no combination breaks the platform, and nobody of these roles changes anything of the suggestions.
Pages are read where the database refuses to write: no GET changes anything.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import product
from typing import Any

import pytest
import rules
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver

from tests.conftest import TOY
from tests.factories import join, load_notice, make_organisation, make_staff, make_user
from tests.house.test_gates import addresses
from tests.pages import client_of, reading_only
from tests.snapshots import put_back
from tests.suggestions.factories import make_file
from tests.suggestions.scenes import (
    Bureau,
    bureau_of,
    load_notice_and_bureau,
    make_bureau,
    names_of,
    suggestion_in,
)
from xinghai.accounts.kinds import Role
from xinghai.accounts.models import Appointment, Membership, User
from xinghai.accounts.selectors import holding
from xinghai.calls.models import Call, Question
from xinghai.kernel.clock import database_now
from xinghai.kernel.models import Message
from xinghai.kernel.views import PUBLIC, SIGNED_IN
from xinghai.submissions.models import Partner, Receipt
from xinghai.submissions.selectors import visible_to
from xinghai.submissions.views.my.parts import ANSWERS
from xinghai.suggestions.desk import DESK
from xinghai.suggestions.models import Suggestion
from xinghai.suggestions.process import SUGGESTIONS

pytestmark = pytest.mark.django_db

ROLES = (
    "nobody",
    "newcomer",
    "member elsewhere",
    "administrator elsewhere",
    "officer elsewhere",
    "head elsewhere",
    "planner",
    "leader",
    "system administrator",
    "auditor",
)
STATES = ("draft", "unit_review", "submitted")
GROUP = re.compile(r"\(\?P<(\w+)>[^()]*\)")
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
PERSONAL = ("my/", "unit/")
OF_ONE_SUGGESTION = ("office/suggestions/<int:pk>/", "office/suggestions/triage/<int:pk>/")
IMPERSONAL = {"code", "key", "table", "name"}


@dataclass(frozen=True)
class Page:
    route: str
    view: Callable[..., Any]

    @property
    def parameters(self) -> list[str]:
        return PARAMETER.findall(GROUP.sub(r"<\1>", self.route))

    @property
    def is_of_one_record(self) -> bool:
        return bool(set(self.parameters) - IMPERSONAL)

    def paths(self, suggestion: Suggestion) -> Iterator[str]:
        """Its paths for one suggestion and what hangs on it; an unknown parameter fails here."""
        plain = GROUP.sub(r"<\1>", self.route).replace("^", "").replace("$", "")
        known = values_for(self, suggestion)
        for chosen in product(*(known[name]() for name in self.parameters)):
            path = plain
            for value in chosen:
                path = PARAMETER.sub(str(value), path, count=1)
            yield f"/{path}"


PAGES = [
    Page(route, view)
    for route, view in addresses(get_resolver().url_patterns)
    # The contract of all processes asks the toy's addresses: tests/submissions/contract.
    if hasattr(view, "permission") and f"/{TOY}/" not in route
]


def values_for(page: Page, suggestion: Suggestion) -> dict[str, Callable[[], list[Any]]]:
    return {
        "pk": lambda: [record_of(page.route, suggestion)],
        "code": lambda: [suggestion.call.code],
        "key": lambda: [suggestion.form.key],
        "receipt": lambda: [first(suggestion.receipts)],
        "version": lambda: [suggestion.version],
        "file": lambda: [file_of(suggestion)],
        "token": lambda: ["no-such-token"],
        "note": lambda: [1],
        "department": lambda: [1],
        "qualification": lambda: [1],
        "appointment": lambda: [first(Appointment.objects.filter(role=Role.LEADER))],
        "label": lambda: [0],
        "other": lambda: [first(Suggestion.objects.exclude(pk=suggestion.pk))],
        "table": lambda: ["load", "progress", "no-such-table"],
        "name": lambda: ["no-such-guide"],
        "action": lambda: actions_of(page.route),
    }


def record_of(route: str, suggestion: Suggestion) -> Any:
    """The id a route asks for: the first of these words it holds says of what."""
    author = suggestion.author
    meant: dict[str, Callable[[], Any]] = {
        "my/parts/": lambda: first(suggestion.partners),
        "my/partners/": lambda: first(suggestion.partners),
        "batches/": lambda: first(Receipt.objects.filter(batch__isnull=False), "batch"),
        "people/": lambda: first(Membership.objects.filter(user=author)),
        "memberships/": lambda: first(Membership.objects.filter(user=author)),
        "staff/": lambda: first(User.objects.filter(holding(Role.LEADER))),
        "questions/": lambda: first(Question.objects.filter(asked_by=author)),
        "notices/": lambda: first(Message.objects.filter(recipient=author)),
        "organisations/": lambda: suggestion.organisation_id,
        "files/<uuid:pk>": lambda: file_of(suggestion),
        "suggestions/": lambda: suggestion.pk,
        "unit/<int:pk>": lambda: suggestion.organisation_id,
    }
    return next((find() for word, find in meant.items() if word in route), 1)


def file_of(suggestion: Suggestion) -> Any:
    return suggestion.author.files.values_list("pk", flat=True).latest("created_at")


def first(rows: Any, column: str = "pk") -> Any:
    return rows.values_list(column, flat=True).first() or 1


def actions_of(route: str) -> list[str]:
    listed = re.search(r"<action>([a-z_|]+)\)", route)
    if listed:
        return listed[1].split("|")
    in_office = route.startswith("office/")
    known = [one.action for one in DESK.decisions if one.has_button] if in_office else ANSWERS
    return sorted([*known, "no-such-action"])


def make_suggestion(state: str, call: Call, bureau: Bureau) -> Suggestion:
    """A suggestion of a university, with an upload and a partner asked."""
    suggestion = suggestion_in(state, call, bureau, kind="university")
    make_file(suggestion.author)
    Partner.objects.create(
        dossier_id=suggestion.pk,
        side="partner",
        organisation=make_organisation(),
        asked_at=database_now(),
    )
    return suggestion


def scene_of(state: str) -> tuple[Suggestion, Bureau]:
    """The suggestion and the bureau's people: the same for every role, made once."""

    def make() -> str:
        bureau = load_notice_and_bureau()
        make_suggestion(state, Call.objects.get(code="2024"), bureau)
        return names_of(bureau)

    bureau = bureau_of(put_back(f"matrix_{state}", make) or make())
    return Suggestion.objects.get(), bureau


def person_as(role: str, bureau: Bureau) -> User | None:
    """A person of the role who has nothing to do with the suggestions."""
    if role == "nobody":
        return None
    administrator, member = make_user(), make_user()
    join(member, make_organisation("university", administrator=administrator))
    found = {
        "newcomer": make_user,
        "member elsewhere": lambda: member,
        "administrator elsewhere": lambda: administrator,
        "officer elsewhere": lambda: bureau.other_officer,
        "head elsewhere": lambda: make_staff(Role.OFFICE_HEAD, office=bureau.other_officer.office),
        "planner": lambda: bureau.planner,
        "leader": lambda: bureau.leader,
        "system administrator": lambda: make_staff(Role.SYSTEM_ADMIN),
        "auditor": lambda: make_staff(Role.AUDIT_ADMIN),
    }[role]()
    return User.objects.get(pk=found.pk)


def refusal(page: Page, method: str, user: User | None, suggestion: Suggestion) -> int | None:
    """The status the rules demand; None where the person may come in."""
    permission = page.view.permission  # type: ignore[attr-defined]
    if method.upper() not in page.view.methods:  # type: ignore[attr-defined]
        return 405
    if permission == PUBLIC:
        return None
    if user is None:
        return 302
    if permission != SIGNED_IN and not rules.has_perm(permission, user):
        return 403
    if not page.is_of_one_record:
        return None
    if page.route.startswith(PERSONAL):
        return 404
    if not page.route.startswith(OF_ONE_SUGGESTION):
        return None
    return None if visible_to(user, SUGGESTIONS).filter(pk=suggestion.pk).exists() else 404


def standing(suggestion: Suggestion) -> list[object]:
    """What nobody of these roles may change."""
    columns = ("state", "version", "number", "office", "title", "merged_into", "due_on")
    return [
        *Suggestion.objects.filter(pk=suggestion.pk).values_list(*columns),
        *Partner.objects.filter(dossier=suggestion.pk).values_list("state", "organisation"),
        *Membership.objects.filter(user=suggestion.author).values_list("state", "role"),
        *suggestion.remarks.values_list("pk", "resolved_at"),
    ]


def wrong_answers(
    client: Client,
    user: User | None,
    suggestion: Suggestion,
    *,
    pages: list[Page],
    methods: tuple[str, ...],
) -> Iterator[str]:
    before = standing(suggestion)
    for page in pages:
        paths = list(page.paths(suggestion))
        for method in methods:
            wanted = refusal(page, method, user, suggestion)
            for path in paths:
                with reading_only() if method == "get" else nullcontext():
                    answer = client.generic(method.upper(), path)
                if not is_right(answer, wanted):
                    yield f"{method} {path}: {answer.status_code}, not {wanted}"
            if method == "post" and standing(suggestion) != before:
                yield f"{method} {page.route}: changed the suggestion"
                before = standing(suggestion)


def is_right(answer: HttpResponse, wanted: int | None) -> bool:
    if wanted == 302:
        return answer.status_code == 302 and "/account/login/" in answer["Location"]
    if wanted is None:
        return answer.status_code < 500 and answer.status_code not in {401, 403, 405}
    return answer.status_code == wanted


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_what_the_rules_say_and_changes_nothing(role: str, state: str) -> None:
    suggestion, bureau = scene_of(state)
    user = person_as(role, bureau)
    pages = PAGES if state == "submitted" else [page for page in PAGES if page.is_of_one_record]
    found = wrong_answers(client_of(user), user, suggestion, pages=pages, methods=("get", "post"))
    assert list(found) == []


def test_a_method_no_view_names_is_refused() -> None:
    call = load_notice("2024")
    bureau = make_bureau()
    suggestion = make_suggestion("draft", call, bureau)
    client, methods = client_of(suggestion.author), ("put", "delete")
    statuses = {
        client.generic(method.upper(), path).status_code
        for page, method in product(PAGES, methods)
        for path in page.paths(suggestion)
    }
    assert statuses == {405}


def test_the_matrix_would_see_an_open_door() -> None:
    """The leak: the author's own pages do open for the author."""
    call = load_notice("2024")
    bureau = make_bureau()
    suggestion = make_suggestion("draft", call, bureau)
    client = client_of(suggestion.author)
    found = wrong_answers(client, suggestion.author, suggestion, pages=PAGES, methods=("get",))
    assert f"get /my/suggestions/{suggestion.pk}/edit/: 200, not 404" in list(found)
