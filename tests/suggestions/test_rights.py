"""The rights matrix: who may fire what in which state, readable as one table."""

import pytest
import rules

from tests.factories import make_user
from tests.suggestions.factories import in_the_window, start
from tests.suggestions.scenes import (
    ENTERPRISE_STATES,
    STATES,
    Bureau,
    relations,
    suggestion_in,
)
from xinghai.accounts.models import Organisation, User
from xinghai.calls.models import Call
from xinghai.kernel.workflow import available
from xinghai.submissions.selectors import visible_to
from xinghai.suggestions.models import Suggestion
from xinghai.suggestions.process import SUGGESTIONS

pytestmark = pytest.mark.django_db

# state: relation -> what they may do; a relation that is missing may do nothing.
OF_AN_ENTERPRISE = {
    "draft": {"author": {"submit"}},
    "submitted": {
        "author": {"recall"},
        "unit": {"recall"},
        "officer": {"take_up", "hand_over"},
    },
    "triage": {"author": {"recall"}, "unit": {"recall"}, "planner": {"assign"}},
    "with_office": {
        "officer": {"hand_over", "office_return", "accept", "merge", "decline"},
    },
    "returned_by_office": {"author": {"resubmit"}},
    "pooled": {"officer": {"merge", "condense", "carry_over"}, "planner": {"carry_over"}},
    "condensed": {"officer": {"carry_over"}, "planner": {"carry_over"}},
    "merged": {},
    "declined": {},
    "adopted": {},
    "carried_over": {},
}

OF_A_UNIVERSITY = {
    **OF_AN_ENTERPRISE,
    "draft": {"author": {"send_to_unit"}},
    "unit_review": {
        "author": {"recall"},
        "unit": {"endorse", "unit_return", "recall"},
    },
    "returned_by_unit": {"author": {"send_to_unit"}},
    "returned_by_office": {"author": {"send_correction_to_unit"}},
    "unit_review_again": {
        "author": {"recall_correction"},
        "unit": {"endorse_again", "unit_return_correction"},
    },
}

BUREAU_READERS = {"officer", "planner", "leader"}


def granted(suggestion: Suggestion, bureau: Bureau) -> dict[str, set[str]]:
    found = {
        relation: {edge.name for edge in available(suggestion, person)}
        for relation, person in relations(suggestion, bureau).items()
    }
    return {relation: names for relation, names in found.items() if names}


@pytest.mark.parametrize("state", ENTERPRISE_STATES)
def test_what_each_may_do_to_an_enterprises_suggestion(
    call: Call, bureau: Bureau, state: str
) -> None:
    suggestion = suggestion_in(state, call, bureau)
    assert granted(suggestion, bureau) == OF_AN_ENTERPRISE[state]


@pytest.mark.parametrize("state", STATES)
def test_what_each_may_do_to_a_universitys_suggestion(
    call: Call, bureau: Bureau, state: str
) -> None:
    suggestion = suggestion_in(state, call, bureau, kind="university")
    assert granted(suggestion, bureau) == OF_A_UNIVERSITY[state]


@pytest.mark.parametrize("state", STATES)
def test_what_one_may_open_is_what_lists_show(call: Call, bureau: Bureau, state: str) -> None:
    """`visible_to` (many) and the rule `suggestions.view` (one) agree for every relation."""
    suggestion = suggestion_in(state, call, bureau, kind="university")
    people = relations(suggestion, bureau)
    by_list = {
        relation
        for relation, person in people.items()
        if visible_to(person, SUGGESTIONS).filter(pk=suggestion.pk).exists()
    }
    by_rule = {
        relation
        for relation, person in people.items()
        if rules.has_perm("suggestions.view", person, suggestion)
    }
    assert by_list == by_rule
    expected = {"author"}
    expected |= {"unit"} if state != "draft" else set()
    if state not in {"draft", "unit_review", "returned_by_unit"}:
        expected |= BUREAU_READERS - ({"officer"} if state == "triage" else set())
    assert by_list == expected


def test_an_administrator_has_no_part_in_a_record_without_unit_that_bears_the_units_number(
    call: Call, university: Organisation, science: User
) -> None:
    """Ids of organisations and of suggestions are counted apart, so the same number occurs."""
    with in_the_window():
        draft = start(call, "ZDYF", author=make_user(), organisation=None)
    draft.pk, draft.state = university.pk, "unit_review"
    asked = ("view", "endorse", "recall", "review_for_unit")
    granted = {name for name in asked if rules.has_perm(f"suggestions.{name}", science, draft)}
    assert granted == set()
    draft.organisation = university
    granted = {name for name in asked if rules.has_perm(f"suggestions.{name}", science, draft)}
    assert granted == set(asked)
