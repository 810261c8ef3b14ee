"""What happened in the demonstration: suggestions with histories, told through the services."""

import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.utils import timezone

from xinghai.accounts.models import User
from xinghai.calls.models import Call
from xinghai.config.demonstration.people import Cast, day, days_ago
from xinghai.config.demonstration.writing import write_answers
from xinghai.kernel.clock import database_now, travel_to
from xinghai.kernel.uploads import receive, start_upload
from xinghai.suggestions.models import Suggestion
from xinghai.suggestions.prechecking import context_of
from xinghai.suggestions.services import drafts, handing_in, office, partners

TOPICS = tomllib.loads((Path(__file__).parent / "topics.toml").read_text())["topics"]
LETTER = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


@dataclass(frozen=True)
class Tale:
    """One suggestion: which topic, which type, whose, begun when, and how far it came."""

    topic: int
    category: str
    author: str
    begun: datetime
    fate: str
    call: str = "2024"


def tales() -> tuple[Tale, ...]:
    """What happens: the two notices' own windows, and the rolling collection up to today."""
    return (
        Tale(0, "JBGS", "enterprise", day(10, 25, year=2021), "pooled", call="2022-1"),
        Tale(1, "QYHZ", "energy", day(11, 3, year=2021), "declined", call="2022-1"),
        Tale(0, "JBGS", "enterprise", day(2, 5), "pooled"),
        Tale(2, "JBGS", "energy", day(2, 6), "pooled"),
        Tale(3, "ZDYF", "energy", day(2, 20), "declined"),
        Tale(5, "ZDYF", "enterprise", days_ago(24), "returned"),
        Tale(7, "JBGS", "seafood", days_ago(22), "with_office"),
        Tale(6, "CXJJ-ZD", "teacher", days_ago(20), "endorsed"),
        Tale(7, "CXJJ-YY", "lecturer", days_ago(19), "endorsed"),
        Tale(9, "CXJJ-HM", "teacher", days_ago(18), "endorsed"),
        Tale(4, "CXJJ-HM", "lecturer", days_ago(18), "endorsed"),
        Tale(1, "ZDYF", "enterprise", days_ago(12), "with_office"),
        Tale(4, "ZDYF", "energy", days_ago(9), "submitted"),
        Tale(8, "ZDYF", "seafood", days_ago(6), "submitted"),
        Tale(11, "CXJJ-KP", "lecturer", days_ago(6), "unit_returned"),
        Tale(11, "ZDYF", "seafood", days_ago(5), "triage"),
        Tale(8, "CXJJ-HM", "hospital", days_ago(5), "unit_review"),
        Tale(2, "CXJJ-YY", "lecturer", days_ago(4), "unit_review"),
        Tale(10, "CXJJ-HM", "teacher", days_ago(3), "unit_review"),
        Tale(10, "ZDYF", "enterprise", days_ago(3), "submitted"),
        Tale(5, "CXJJ-ZD", "teacher", days_ago(4), "partner"),
        Tale(9, "ZDYF", "enterprise", days_ago(1), "draft"),
    )


def tell(cast: Cast, calls: dict[str, Call]) -> None:
    """Let every tale happen at its time; the university's four papers go in one batch."""
    papers = [(tale, _begin(tale, cast, calls[tale.call])) for tale in tales()]
    endorsed = [paper for tale, paper in papers if tale.fate == "endorsed"]
    with travel_to(days_ago(15)):
        handing_in.submit_batch(
            [paper.pk for paper in endorsed],
            organisation=cast.units["daxue"],
            by=cast.people["science"],
            key=uuid4().hex,
        )
    for tale, paper in papers:
        if tale.fate in FATES:
            with travel_to(tale.begun + timedelta(days=2)):
                FATES[tale.fate](cast, Suggestion.objects.get(pk=paper.pk))


def _begin(tale: Tale, cast: Cast, call: Call) -> Suggestion:
    author, unit = cast.people[tale.author], cast.unit_of(tale.author)
    with travel_to(tale.begun):
        category = call.categories.get(code=tale.category)
        paper = drafts.start(call, category, by=author, organisation=unit)
    with travel_to(tale.begun + timedelta(hours=3)):
        _fill(paper, TOPICS[tale.topic], author)
        if tale.fate not in {"draft", "partner"}:
            handing_in.submit(paper, by=author, key=uuid4().hex, version=paper.version)
    return paper


def _fill(paper: Suggestion, topic: dict[str, Any], author: User) -> None:
    context = context_of(paper, now=database_now())

    def attach(name: str) -> dict[str, Any]:
        upload = start_upload(author, name=name, size=len(LETTER))
        stored = receive(upload, offset=0, content=LETTER)
        return {"id": str(stored.pk), "name": stored.name, "size": stored.size}

    told = dict(topic)
    domains = {domain.code for domain in paper.call.domains.all()}
    told["domain"] = topic["domain"] if topic["domain"] in domains else "manufacturing"
    form, guide = paper.form.form, paper.condensation_form.form
    given = {**paper.answers, **special_choices(paper)}
    known = {**paper.condensation, "nj_domain": told["domain"]}
    drafts.save(
        paper,
        by=author,
        base_version=paper.version,
        answers=write_answers(form, context, told, given=given, attach=attach),
        condensation=write_answers(guide, context, told, given=known, attach=attach),
    )


def special_choices(paper: Suggestion) -> dict[str, Any]:
    """Choices that must fit the author's unit or type."""
    is_enterprise = paper.organisation is not None and paper.organisation.kind == "enterprise"
    chosen: dict[str, Any] = {"unit_side": "demander" if is_enterprise else "provider"}
    if paper.category.code.endswith("-KP"):
        chosen["rk_kind"] = "popularisation"
    return {name: value for name, value in chosen.items() if paper.form.form.field(name)}


def _officer(cast: Cast, paper: Suggestion) -> User:
    return cast.people[paper.office.code if paper.office else "planner"]


def _take_up(cast: Cast, paper: Suggestion) -> None:
    office.take_up(paper, by=_officer(cast, paper))


def _accept(cast: Cast, paper: Suggestion) -> None:
    office.accept(paper, by=_officer(cast, paper))


def _decline(cast: Cast, paper: Suggestion) -> None:
    office.decline(
        paper,
        by=_officer(cast, paper),
        reason="该方向已由在研的市级项目覆盖，建议关注明年的应用示范类指南（演示）。",
    )


def _return(cast: Cast, paper: Suggestion) -> None:
    back = office.Return(
        reason="技术路线写得过细，请放宽到能形成竞争的范围，并补充第三方考核方式（演示）。",
        due_on=(timezone.localtime() + timedelta(days=10)).date(),
        comments={
            "main_content": "第二条限定了具体器件型号，建议改为性能要求（演示）。",
            "indicators": "请补充中期值（演示）。",
        },
    )
    office.return_for_correction(paper, back, by=_officer(cast, paper))


def _unit_return(cast: Cast, paper: Suggestion) -> None:
    handing_in.return_to_author(
        paper,
        by=cast.people["science"],
        reason="请核实受众规模后再交（演示）。",
        remarks={"kp_audience": "受众规模请按学校数量核实（演示）。"},
    )


def _invite(cast: Cast, paper: Suggestion) -> None:
    unit, author = cast.units["chuneng"], paper.author
    reference = {"id": str(unit.pk), "name": unit.name, "uscc": unit.uscc, "kind": unit.kind}
    drafts.save(
        paper,
        by=author,
        base_version=paper.version,
        answers={"cx_ent": reference},
        condensation={},
    )
    partners.invite_organisation(paper, unit, side="partner", by=author)


FATES = {
    "pooled": _accept,
    "declined": _decline,
    "returned": _return,
    "with_office": _take_up,
    "unit_returned": _unit_return,
    "partner": _invite,
}
