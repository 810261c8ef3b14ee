"""A definition becomes rows; loading it again changes nothing, old forms never change."""

from copy import deepcopy
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from tests.calls.notices import notice
from tests.factories import make_staff
from xinghai.accounts.kinds import Role
from xinghai.accounts.models import Office
from xinghai.calls.composing import Composition
from xinghai.calls.models import Call, CallForm, Route
from xinghai.calls.selectors import form_named
from xinghai.calls.services import (
    DefinitionRefused,
    cancel_call,
    load_call,
    publish_call,
    remember_route,
)
from xinghai.calls.states import RECOMMEND
from xinghai.kernel.events import history
from xinghai.kernel.forms import Context, examine, parse_form
from xinghai.kernel.workflow import NotAllowed, ReasonMissing

pytestmark = pytest.mark.django_db


def changed(made: Composition) -> Composition:
    """The same notice with one field of the second form relabelled."""
    other = Composition(made.path, deepcopy(made.data), made.raw, made.source)
    other.forms, other.parsed = made.forms, made.parsed
    other.data["forms"]["2024-2"]["sections"][0]["title"] = "填报单位（修订）"
    return other


def test_a_notice_becomes_rows() -> None:
    call = load_call(notice("2024"))
    assert (call.code, call.plan_year, str(call.issued_on)) == ("2024", 2024, "2024-01-31")
    assert (call.categories.count(), call.domains.count(), call.routes.count()) == (10, 12, 101)
    assert {one.key for one in call.forms.all()} == set(notice("2024").data["forms"])
    assert [window.pool_tag for window in call.windows.all()] == ["2024", "2025"]
    assert Office.objects.get(is_planning=True).name == "规划处"
    assert call.categories.get(code="CXJJ-KP").above == ("CXJJ-HM", "CXJJ")
    assert (call.state, [event.verb for event in history(call)]) == ("draft", ["load"])


def test_loading_the_same_notice_again_changes_nothing() -> None:
    call = load_call(notice("2024"))
    before = [sorted(rows.values_list("pk")) for rows in (call.forms, call.routes, call.windows)]
    again = load_call(notice("2024"))
    after = [sorted(rows.values_list("pk")) for rows in (again.forms, again.routes, again.windows)]
    assert (again.pk, after) == (call.pk, before)
    assert history(again).count() == 1


def test_a_changed_form_gets_a_new_version_and_the_old_one_stays() -> None:
    call = load_call(notice("2024"), publish=True)
    old = form_named(call, "2024-2")
    load_call(changed(notice("2024")))
    new = form_named(call, "2024-2")
    assert (old.version, new.version) == (1, 2)
    assert CallForm.objects.get(pk=old.pk).form.sections[0].title == "填报单位"
    assert new.form.sections[0].title == "填报单位（修订）"
    versions = [(one.key, one.version) for one in call.forms.all()]
    assert versions[1:3] == [("2024-2", 2), ("2024-2", 1)]
    assert len(versions) == len(notice("2024").data["forms"]) + 1
    call.refresh_from_db()
    assert call.state == "published"


def test_a_2022_record_still_renders_its_own_form_after_2024_is_loaded() -> None:
    old = load_call(notice("2022-1"), publish=True)
    form = form_named(old, "2022-2")
    answers = {"zd_rd_total": "199.99", "unit_side": "provider"}
    load_call(notice("2024"), publish=True)
    again = CallForm.objects.get(pk=form.pk)
    assert again.form == parse_form(notice("2022-1").data["forms"]["2022-2"])
    context = Context(today=old.issued_on, category="ZDYF", organisation_kind="university")
    sources = {one.source for one in examine(again.form, answers, context).of("zd_rd_total")}
    assert sources == {"2022年通知 二（二）；“以上”含本数：民法典第一千二百五十九条"}
    assert form.form.title_of("guide").zh == "2022年指南凝练信息表"


@pytest.mark.parametrize("change", [{"key": "x"}, {"definition": {}}, {"definition_hash": "0"}])
def test_the_database_refuses_to_change_a_frozen_form(change: dict[str, object]) -> None:
    call = load_call(notice("2024"))
    with pytest.raises(IntegrityError), transaction.atomic():
        call.forms.filter(key="2024-1").update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        call.forms.filter(key="2024-1").delete()


def test_the_database_refuses_windows_that_overlap() -> None:
    call = load_call(notice("2024"))
    rolling = call.windows.get(kind="rolling")
    collect = call.windows.get(kind="collect")
    rolling.opens_at = collect.closes_at
    with pytest.raises(IntegrityError), transaction.atomic():
        rolling.save()


def test_windows_of_two_purposes_may_overlap() -> None:
    call = load_call(notice("2024"))
    collect = call.windows.get(kind="collect")
    facts = {"opens_at": collect.opens_at, "purpose": RECOMMEND, "pool_tag": "2024"}
    made = call.windows.create(kind="collect", closes_at=collect.closes_at, **facts)
    assert set(call.windows.filter(opens_at=collect.opens_at)) == {collect, made}
    with pytest.raises(IntegrityError), transaction.atomic():
        call.windows.create(kind="rolling", closes_at=None, **facts)


def test_the_database_refuses_two_rules_for_one_cell() -> None:
    call = load_call(notice("2022-1"))
    rule = call.routes.get(category__code="ZHZX")
    with pytest.raises(IntegrityError), transaction.atomic():
        Route.objects.create(call=call, category=rule.category, domain=None, office=rule.office)


def test_a_definition_with_errors_leaves_no_trace(tmp_path: Path) -> None:
    broken = Composition(tmp_path / "x.toml")
    broken.fault(notice("2024").source.table("offices"), "offices", "broken")
    with pytest.raises(DefinitionRefused) as caught:
        load_call(broken)
    assert [one.message for one in caught.value.findings] == ["broken"]
    assert Call.objects.count() == 0


def test_an_issued_call_stays_of_its_kind() -> None:
    call = load_call(notice("2024"), publish=True)
    made = changed(notice("2024"))
    made.data["kind"] = "toy"
    with pytest.raises(DefinitionRefused, match="has been issued as 'suggestion'"):
        load_call(made)
    call.refresh_from_db()
    assert call.kind == "suggestion"


def test_what_the_triage_remembered_survives_a_new_loading() -> None:
    call = load_call(notice("2024"))
    planner, office = make_staff(Role.PLANNER), Office.objects.get(code="gaoxin")
    category, domain = call.categories.get(code="CXJJ-HM"), call.domains.get(code="energy")
    remember_route(call, category, domain, office=office, by=planner)
    remember_route(call, category, domain, office=office, by=planner)
    load_call(changed(notice("2024")))
    kept = call.routes.filter(origin="remembered")
    assert [(one.category, one.domain, one.office) for one in kept] == [(category, domain, office)]
    assert call.routes.filter(origin="notice").count() == 101


def test_only_the_planning_office_publishes_or_calls_off() -> None:
    call = load_call(notice("2024"))
    officer, planner = make_staff(Role.OFFICER), make_staff(Role.PLANNER)
    with pytest.raises(NotAllowed):
        publish_call(call, by=officer)
    publish_call(call, by=planner)
    with pytest.raises(ReasonMissing):
        cancel_call(call, by=planner, reason=" ")
    cancel_call(call, by=planner, reason="重新印发")
    call.refresh_from_db()
    assert (call.state, history(call).last().reason) == ("cancelled", "重新印发")


def test_a_type_the_notice_no_longer_lists_stays_closed_for_new_records() -> None:
    call = load_call(notice("2024"))
    other = changed(notice("2024"))
    other.data["categories"] = [one for one in other.data["categories"] if one["code"] != "QYHZ"]
    other.data["routes"] = [one for one in other.data["routes"] if one["category"] != "QYHZ"]
    load_call(other)
    assert call.categories.get(code="QYHZ").is_accepting is False
    assert call.categories.get(code="GJHZ").is_accepting is True
