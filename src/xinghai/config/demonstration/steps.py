"""What can happen to a suggestion of the demonstration, and the fates made of it."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from xinghai.accounts.models import Office, User
from xinghai.casework.services import colleagues
from xinghai.casework.services import deciding as office
from xinghai.config.demonstration.cast import Cast
from xinghai.kernel.clock import database_now
from xinghai.submissions.models import Partner
from xinghai.submissions.services import drafting as drafts
from xinghai.submissions.services import partners
from xinghai.submissions.services import submitting as handing_in
from xinghai.suggestions import deciding
from xinghai.suggestions.models import Suggestion

Step = Callable[..., None]


def _officer(cast: Cast, suggestion: Suggestion) -> User:
    return cast.officer_for(suggestion.office)


def take_up(cast: Cast, *, suggestion: Suggestion, about: str = "") -> None:
    """Taken up; of three, one is kept by the officer and one kept with a note for colleagues."""
    officer = _officer(cast, suggestion)
    office.take_up(suggestion, by=officer)
    if suggestion.pk % 3:
        colleagues.give_to(suggestion, officer, by=officer)
    if suggestion.pk % 3 == 2:
        note = "与去年入库的一条方向相近，定之前先对一对两边的指标（演示）。"
        colleagues.write_note(suggestion, note, by=officer)


def accept(cast: Cast, *, suggestion: Suggestion, about: str = "") -> None:
    deciding.accept(suggestion, by=_officer(cast, suggestion))


def carry_over(cast: Cast, *, suggestion: Suggestion, about: str = "") -> None:
    deciding.carry_over(suggestion, by=_officer(cast, suggestion))


def decline(cast: Cast, *, suggestion: Suggestion, about: str = "") -> None:
    deciding.decline(
        suggestion,
        by=_officer(cast, suggestion),
        reason="该方向已由在研的市级项目覆盖，建议关注明年的应用示范类指南（演示）。",
    )


def send_back(cast: Cast, *, suggestion: Suggestion, about: str = "") -> None:
    """Return for correction; `overdue` gives so little time that it is over today."""
    days = 5 if about == "overdue" else 40
    back = office.Return(
        reason="技术路线写得过细，请放宽到能形成竞争的范围，并补充第三方考核方式（演示）。",
        due_on=(timezone.localtime(database_now()) + timedelta(days=days)).date(),
        remarks={
            "main_content": "第二条限定了具体器件型号，建议改为性能要求（演示）。",
            "indicators": "请补充中期值（演示）。",
        },
    )
    office.return_for_correction(suggestion, back, by=_officer(cast, suggestion))


def correct(cast: Cast, *, suggestion: Suggestion, about: str = "") -> None:
    """The author widens the text and hands in again."""
    answers = dict(suggestion.answers)
    answers["main_content"] = answers["main_content"].replace("不限定", "按性能要求竞争，不限定")
    drafts.save(suggestion, by=suggestion.author, base_version=suggestion.version, answers=answers)
    suggestion = Suggestion.objects.get(pk=suggestion.pk)
    handing_in.submit(suggestion, by=suggestion.author, key=uuid4().hex, version=suggestion.version)


def merge(cast: Cast, *, suggestion: Suggestion, about: str) -> None:
    target = Suggestion.objects.get(call=suggestion.call, number=about)
    deciding.merge_into(
        suggestion, target, by=_officer(cast, suggestion), reason="问题同源，合并研究（演示）。"
    )


def hand_over(cast: Cast, *, suggestion: Suggestion, about: str) -> None:
    office.hand_over(
        suggestion,
        Office.objects.get(code=about),
        by=_officer(cast, suggestion),
        reason="主要内容属于贵处归口领域（演示）。",
    )


def assign(cast: Cast, *, suggestion: Suggestion, about: str) -> None:
    office.assign(suggestion, Office.objects.get(code=about), by=cast.people["planner"])


def recall(cast: Cast, *, suggestion: Suggestion, about: str = "") -> None:
    handing_in.recall(suggestion, by=suggestion.author)


def unit_return(cast: Cast, *, suggestion: Suggestion, about: str = "") -> None:
    handing_in.return_to_author(
        suggestion,
        by=cast.people["science"],
        reason="请核实受众规模后再交（演示）。",
        remarks={"kp_audience": "受众规模请按学校数量核实（演示）。"},
    )


def invite(cast: Cast, *, suggestion: Suggestion, about: str) -> None:
    unit = cast.units[about]
    reference = {"id": str(unit.pk), "name": unit.name, "uscc": unit.uscc, "kind": unit.kind}
    drafts.save(
        suggestion,
        by=suggestion.author,
        base_version=suggestion.version,
        answers={"cx_ent": reference},
    )
    partners.invite_organisation(suggestion, unit, side="partner", by=suggestion.author)


def begin_part(cast: Cast, *, suggestion: Suggestion, about: str) -> None:
    part = Partner.objects.get(dossier=suggestion.pk)
    partners.answer_invitation(part, "begin", by=cast.research_office_of(about))


# A fate's steps, each with the days after the suggestion was handed in.
FATES: dict[str, tuple[tuple[float, Step], ...]] = {
    "draft": (),
    "half": (),
    "submitted": (),
    "unit_review": (),
    "endorsed": (),
    "partner": ((0.2, invite),),
    "partner_filling": ((0.2, invite), (1, begin_part)),
    "unit_returned": ((2, unit_return),),
    "recalled": ((0.5, recall),),
    "assigned": ((1, assign),),
    "handed_over": ((2, hand_over),),
    "with_office": ((1, take_up),),
    "returned": ((1, take_up), (3, send_back)),
    "correction_at_unit": ((1, take_up), (2, send_back), (4, correct)),
    "corrected": ((1, take_up), (3, send_back), (6, correct)),
    "pooled": ((1, take_up), (4, accept)),
    "declined": ((2, take_up), (5, decline)),
    "merged": ((1, take_up), (7, merge)),
    "carried_over": ((1, take_up), (4, accept), (60, carry_over)),
}
