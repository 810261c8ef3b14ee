"""The workflow: one table, one door, and a database that refuses every other."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, transaction

from tests.factories import make_organisation, make_staff, make_user
from xinghai.accounts.kinds import Role
from xinghai.accounts.models import Membership, Organisation
from xinghai.kernel.models import Event
from xinghai.kernel.processes import State, Transition, Workflow
from xinghai.kernel.workflow import (
    NotAllowed,
    ReasonMissing,
    WrongState,
    available,
    fire,
)

pytestmark = pytest.mark.django_db

A, B = State("a", "甲", "甲", "quiet"), State("b", "乙", "乙", "good", final=True)


def edge(*, from_states: tuple[str, ...] = ("a",), to_state: str = "b") -> Transition:
    return Transition("go", "走", from_states, to_state, "x.y")


@pytest.mark.parametrize(
    ("states", "transitions", "complaint"),
    [
        ((A, B), (edge(to_state="c"),), "unknown"),
        ((A, B, State("c", "丙", "丙", "quiet", final=True)), (edge(),), "unreachable"),
        ((A, State("b", "乙", "乙", "good")), (edge(),), "must end or lead on"),
        ((A, B, B), (edge(),), "twice"),
    ],
)
def test_a_table_that_does_not_hold_together_is_refused_at_import(
    states: tuple[State, ...], transitions: tuple[Transition, ...], complaint: str
) -> None:
    with pytest.raises(ImproperlyConfigured, match=complaint):
        Workflow("t", "a", states, transitions)


def test_firing_moves_the_record_and_leaves_one_event() -> None:
    organisation, planner = make_organisation(verified=False), make_staff(Role.PLANNER)
    before = Event.objects.count()

    event = fire("verify", organisation, by=planner)

    stored = Organisation.objects.get(pk=organisation.pk)
    assert stored.state == "verified"
    assert Event.objects.count() == before + 1
    assert (event.data["from"], event.data["to"], event.actor) == ("pending", "verified", planner)
    assert bytes(stored.event_head) == bytes(event.hash)


def test_the_wrong_state_is_refused_and_nothing_changes() -> None:
    organisation, planner = make_organisation(verified=True), make_staff(Role.PLANNER)
    before = Event.objects.count()
    with pytest.raises(WrongState, match="已核实"):
        fire("verify", organisation, by=planner)
    assert Event.objects.count() == before


def test_the_state_in_the_database_decides_not_the_one_in_memory() -> None:
    organisation, planner = make_organisation(verified=False), make_staff(Role.PLANNER)
    stale = Organisation.objects.get(pk=organisation.pk)
    fire("verify", organisation, by=planner)
    with pytest.raises(WrongState):
        fire("verify", stale, by=planner)


def test_the_wrong_person_is_refused() -> None:
    organisation = make_organisation(verified=False)
    with pytest.raises(NotAllowed):
        fire("verify", organisation, by=make_user())


def test_a_person_cannot_fire_what_only_the_platform_may() -> None:
    organisation = make_organisation(verified=False)
    with pytest.raises(NotAllowed):
        fire("verify", organisation, by=None)


def test_a_refusal_without_a_reason_is_refused() -> None:
    organisation, planner = make_organisation(verified=False), make_staff(Role.PLANNER)
    with pytest.raises(ReasonMissing):
        fire("refuse", organisation, by=planner, reason="  ")


def test_buttons_are_the_edges_this_person_may_fire() -> None:
    organisation = make_organisation(verified=False)
    names = {edge.name for edge in available(organisation, make_staff(Role.PLANNER))}
    assert names == {"verify", "refuse", "merge"}
    assert available(organisation, make_user()) == []


def test_the_database_refuses_a_state_written_elsewhere() -> None:
    organisation = make_organisation(verified=False)
    with pytest.raises(IntegrityError, match="only through the workflow"), transaction.atomic():
        Organisation.objects.filter(pk=organisation.pk).update(state="verified")


def test_a_pass_for_one_row_does_not_open_another() -> None:
    first, second = make_organisation(verified=False), make_organisation(verified=False)
    with transaction.atomic():
        fire("verify", first, by=make_staff(Role.PLANNER))
        with pytest.raises(IntegrityError), transaction.atomic():
            Organisation.objects.filter(pk=second.pk).update(state="verified")


def test_the_database_refuses_a_new_row_that_skips_the_beginning() -> None:
    with pytest.raises(IntegrityError, match="starts as pending"), transaction.atomic():
        Organisation.objects.create(
            name="演示",
            uscc="91210200MA0000001X",
            kind="enterprise",
            district_id="jinpu",
            state="verified",
        )


def test_a_record_deleted_meanwhile_is_refused_in_words() -> None:
    organisation, planner = make_organisation(verified=False), make_staff(Role.PLANNER)
    gone = Organisation.objects.get(pk=organisation.pk)
    Membership.objects.filter(organisation=organisation).delete()
    organisation.delete()
    with pytest.raises(WrongState, match="已经删除"):
        fire("verify", gone, by=planner)


def test_a_state_without_a_phase_cannot_be_asked_for_it() -> None:
    table = Workflow("t", "a", (A, B), (edge(),))
    with pytest.raises(ImproperlyConfigured, match="a has no phase"):
        table.phase_of("a")
