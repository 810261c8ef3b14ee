"""Every type that both notices open can be filled in and passes its own pre-check."""

import pytest

from tests.factories import load_notice
from tests.suggestions.factories import make_draft
from xinghai.calls.composing import compose, definition_path
from xinghai.kernel.clock import database_now, travel_to
from xinghai.suggestions.content import author_side
from xinghai.suggestions.prechecking import precheck

pytestmark = pytest.mark.django_db

TYPES = [
    (code, category["code"])
    for code in ("2024", "2022-1")
    for category in compose(definition_path(code)).data["categories"]
    if category.get("form")
]


def test_both_notices_open_their_types() -> None:
    assert len(TYPES) >= 8 + 8


@pytest.mark.parametrize(("code", "category"), TYPES)
def test_a_complete_form_has_nothing_left_but_the_partner(code: str, category: str) -> None:
    call = load_notice(code)
    chosen = call.categories.get(code=category)
    kind = "university" if "enterprise" not in chosen.allowed_kinds else "enterprise"
    with travel_to(call.windows.all()[0].opens_at):
        draft = make_draft(call, category, kind=kind)
        found = precheck(draft, now=database_now())
    left = [
        (problem.field, problem.message)
        for problem in found.blocking
        if problem.field not in {"unit_side", "cx_ent"}
    ]
    other_side = "provider" if author_side(draft) == "demander" else "demander"
    partners_part = {
        field.id
        for section in draft.form.form.sections
        if section.side == other_side
        for field in section.fields
    }
    assert [one for one in left if one[0] not in partners_part] == []
