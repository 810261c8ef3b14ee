"""What single facts of the shared rooms answer, at their edges."""

from dataclasses import replace
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.db.models import Model
from django.utils.translation import override

from tests.factories import make_office, make_organisation, make_staff, make_user
from xinghai.accounts.kinds import Role
from xinghai.accounts.services import refuse_organisation, request_membership
from xinghai.kernel.forms import Report
from xinghai.kernel.processes import Phase
from xinghai.submissions import rules
from xinghai.submissions.answers import ids_in
from xinghai.submissions.attachments import Attachment
from xinghai.submissions.blockers import check_standing, recommender_for
from xinghai.submissions.checking import faults_of
from xinghai.submissions.endorsing import UnitRow, deadline_of
from xinghai.submissions.exceptions import NotReady, UnitNotReady
from xinghai.submissions.filters import Control
from xinghai.submissions.home import unit_news
from xinghai.submissions.indexing import audiences_in_bureau
from xinghai.submissions.messages import PARTNERS, address_for
from xinghai.submissions.models import (
    Batch,
    Dossier,
    Receipt,
    Remark,
    Revision,
    UnmergedDraft,
)
from xinghai.submissions.states import returned
from xinghai.submissions.views.my.common import Receiver
from xinghai.suggestions.models import Suggestion
from xinghai.suggestions.process import SUGGESTIONS
from xinghai.suggestions.states import SUGGESTION

FILE = UUID(int=7)


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (Dossier(pk=3, process="toy"), "toy 3"),
        (Revision(dossier_id=3, version=2), "3 v2"),
        (UnmergedDraft(dossier_id=3, base_version=2), "3 from v2"),
        (Remark(field="title", text="名称太宽"), "title: 名称太宽"),
        (Batch(number="2024-P0001"), "2024-P0001"),
        (Receipt(number="2024-0001"), "2024-0001"),
        (Attachment(dossier_id=3, field="papers", file_id=FILE), f"3 papers: {FILE}"),
    ],
)
def test_a_record_names_itself(record: Model, said: str) -> None:
    assert str(record) == said


def test_what_names_no_upload_names_none() -> None:
    named = [{"id": str(FILE)}, {"id": "x"}, {"name": "y"}, "z", {"id": None}, {"id": 5}]
    assert list(ids_in(named)) == [FILE]
    assert list(ids_in({"id": str(FILE)})) == []


def test_a_rule_asked_about_nothing_in_particular() -> None:
    person = SimpleNamespace(unit_ids=set())
    assert rules.is_still_in_unit.test(person)
    assert rules.is_still_in_unit.test(person, SimpleNamespace(organisation_id=None))
    assert not rules.is_partner.test(person)


def test_a_process_whose_table_has_another_workflow_is_at_fault() -> None:
    stranger = replace(SUGGESTIONS, workflow=replace(SUGGESTION, name="other"))
    assert any("has another workflow" in fault for fault in faults_of(stranger))


def test_a_line_without_review_by_the_unit_returns_to_the_author_alone() -> None:
    short, long = (returned("room", reviewed_by_unit=one) for one in (False, True))
    assert [one.name for one in short.states] == ["returned_by_office"]
    assert len(long.states) == 2
    assert len(long.transitions) > len(short.transitions)


def test_a_control_without_words_of_its_own_says_its_value() -> None:
    assert Control("call", "批次", "2024").words == "2024"


def test_a_row_says_how_much_is_filled() -> None:
    row = UnitRow(Suggestion(), SUGGESTION.states[0], None, filled=1, total=3)
    assert (row.percent, replace(row, total=0).percent) == (33, 0)


def test_a_correction_without_a_date_is_open() -> None:
    back = Suggestion(state=SUGGESTIONS.states(Phase.CORRECTING)[0])
    assert deadline_of(back, SimpleNamespace()).kind == "open"  # type: ignore[arg-type]


def test_what_is_not_ready_names_the_fields_in_a_log() -> None:
    problem = SimpleNamespace(field="title", message="太短", severity="block")
    assert str(NotReady(SimpleNamespace(blocking=[problem]))) == "title: 太短"  # type: ignore[arg-type]
    assert str(NotReady(Report((), ()))) == ""


def test_where_no_office_is_known_the_page_says_who_decides() -> None:
    with override("zh-hans"):
        assert Receiver("", "").words == "受理处室：由规划处确定"
        assert Receiver("", "", is_known=False).words == "受理处室：选好编制领域后显示"


def test_partners_read_on_their_own_page() -> None:
    assert address_for(PARTNERS, Suggestion(pk=3)) == "/my/parts/"


@pytest.mark.django_db
def test_who_reads_nothing_in_the_bureau_asks_as_nobody() -> None:
    assert audiences_in_bureau(make_staff(Role.PLANNER)) == ["bureau"]
    office = make_office()
    assert audiences_in_bureau(make_staff(Role.OFFICER, office=office)) == [f"office:{office.pk}"]
    assert audiences_in_bureau(make_staff(Role.SYSTEM_ADMIN)) == []


@pytest.mark.django_db
def test_a_unit_of_another_kind_or_without_a_body_hands_nothing_in() -> None:
    category = SimpleNamespace(allowed_kinds=["university"], name="科技惠民", name_en="")
    firm = SimpleNamespace(organisation=make_organisation("enterprise"), category=category)
    with pytest.raises(UnitNotReady, match="不面向"):
        check_standing(firm)  # type: ignore[arg-type]
    with pytest.raises(UnitNotReady, match="还没有为“”确定归口推荐单位"):
        recommender_for(SimpleNamespace(organisation=None), None)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_a_person_is_told_how_the_own_unit_stands() -> None:
    head, asking = make_user(), make_user()
    unit = make_organisation(administrator=head)
    request_membership(unit, by=asking)
    assert any("正等该单位管理员确认" in one.text for one in unit_news(asking))
    refused = make_organisation(verified=False, administrator=head)
    refuse_organisation(refused, by=make_staff(Role.PLANNER), reason="代码不符")
    head = type(head).objects.get(pk=head.pk)
    assert any("没有通过核实：代码不符" in one.text for one in unit_news(head))
