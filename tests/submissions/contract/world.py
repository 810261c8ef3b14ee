"""The people a record meets on its way, and the way itself, for any process.

Every step is taken by the person whose task it is, through the services the pages call.
"""

import itertools
import json
from dataclasses import InitVar, dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from tests.factories import FIRST, LONG_AGO, join, make_organisation, make_staff, make_user
from tests.snapshots import put_back
from tests.submissions.contract.cases import Case
from xinghai.accounts.kinds import Role
from xinghai.accounts.models import Office, Organisation, Recommends, User
from xinghai.accounts.services import appoint
from xinghai.calls.models import Call
from xinghai.casework.services import deciding
from xinghai.casework.worklists import worklist_of
from xinghai.kernel.processes import Phase
from xinghai.submissions.models import Batch, Submission
from xinghai.submissions.services import drafting, submitting

IN_THE_WINDOW = datetime(2024, 2, 20, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
DUE = date(2024, 12, 31)
ALWAYS_THERE = ("science", "author", "recommender")
_serial = itertools.count(FIRST)


def fresh_key() -> str:
    return f"contract-key-{next(_serial)}"


@dataclass
class World:
    """One process, its published call, a university with a research office, and the bureau."""

    case: Case
    call: Call
    known: InitVar[dict[str, Any] | None] = None

    def __post_init__(self, known: dict[str, Any] | None) -> None:
        """A record can be sent to a recommending body from the first step on."""
        vars(self).update(known or {})
        _appointed = self.recommender

    @classmethod
    def put_back(cls, case: Case) -> "World":
        """The call with the people every record meets: made once, then copied."""

        def make() -> str:
            world = cls(case, case.load())
            there = {
                name: getattr(world, name).pk for name in ("call", "unit", "body", *ALWAYS_THERE)
            }
            return json.dumps(there)

        answer = put_back(f"world_{case.name}", make)
        if answer is None:
            return cls(case, case.load())
        there = json.loads(answer)
        people = User.objects.in_bulk([there[name] for name in ALWAYS_THERE])
        known: dict[str, Any] = {name: people[there[name]] for name in ALWAYS_THERE}
        for name in ("unit", "body"):
            known[name] = Organisation.objects.get(pk=there[name])
        return cls(case, Call.objects.get(pk=there["call"]), known)

    @property
    def process(self) -> Any:
        return self.case.process

    @cached_property
    def science(self) -> User:
        """The research office's person."""
        return make_user(name="演示科研处")

    @cached_property
    def unit(self) -> Organisation:
        return make_organisation("university", administrator=self.science)

    @cached_property
    def author(self) -> User:
        return self.member("演示作者")

    @cached_property
    def body(self) -> Organisation:
        """The recommending body of the district the test's units lie in."""
        known = Recommends.objects.select_related("recommender").first()
        if known is not None:
            return known.recommender
        body = make_organisation("government", name="演示区科技部门")
        facts = {"district": body.district, "from_on": date(2020, 1, 1), "source": "演示"}
        Recommends.objects.create(recommender=body, **facts)
        return body

    @cached_property
    def recommender(self) -> User:
        person = make_user(name="演示推荐单位")
        facts = {"body": self.body, "begins_at": LONG_AGO}
        appoint(person, roles=[Role.RECOMMENDER], by=None, **facts)
        return User.objects.get(pk=person.pk)

    @cached_property
    def officer(self) -> User:
        return make_staff(Role.OFFICER, office=Office.objects.get(code="gaoxin"))

    @cached_property
    def colleague(self) -> User:
        return make_staff(Role.OFFICER, office=Office.objects.get(code="gaoxin"))

    @cached_property
    def head(self) -> User:
        return make_staff(Role.OFFICE_HEAD, office=Office.objects.get(code="gaoxin"))

    @cached_property
    def officer_elsewhere(self) -> User:
        office, _made = Office.objects.get_or_create(
            code="elsewhere", defaults={"name": "别的处", "name_en": "Elsewhere"}
        )
        return make_staff(Role.OFFICER, office=office)

    @cached_property
    def planner(self) -> User:
        return make_staff(Role.PLANNER)

    @cached_property
    def stranger(self) -> User:
        return make_user(name="演示外人")

    def member(self, name: str = "演示成员") -> User:
        """Return a new confirmed member of the university."""
        person = make_user(name=name)
        join(person, self.unit)
        return User.objects.get(pk=person.pk)

    # The way of a record.

    def begin(self, *, author: User | None = None, category: str = "") -> Submission:
        chosen = self.call.categories.select_related("call", "parent").get(
            code=category or self.case.category
        )
        by, unit = author or self.author, self.unit
        return drafting.start(self.process, self.call, chosen, by=by, organisation=unit)

    def draft(self, *, author: User | None = None, category: str = "", **given: Any) -> Submission:
        """Return a draft that passes the pre-check."""
        begun = self.begin(author=author, category=category)
        given.setdefault("title", f"演示第{next(_serial)}号的关键技术")
        given.setdefault("domain", self.case.ours)
        answers = self.case.answers(begun, **given)
        by = begun.author
        drafting.save(begun, by=by, base_version=begun.version, answers=answers)
        return self.again(begun)

    def hand_in(self, submission: Submission) -> Submission:
        by, version = submission.author, submission.version
        submitting.submit(submission, by=by, key=fresh_key(), version=version)
        return self.again(submission)

    def endorse(self, *submissions: Submission) -> Batch:
        return submitting.submit_batch(
            self.process,
            [one.pk for one in submissions],
            organisation=self.unit,
            by=User.objects.get(pk=self.science.pk),
            key=fresh_key(),
        )

    @property
    def has_recommender(self) -> bool:
        return bool(self.process.states(Phase.RECOMMENDING))

    def recommend(self, submission: Submission) -> None:
        submitting.recommend(submission, by=self.recommender, key=fresh_key())

    def at_unit(self, **given: Any) -> Submission:
        return self.hand_in(self.draft(**given))

    def at_recommender(self, **given: Any) -> Submission:
        submission = self.at_unit(**given)
        self.endorse(submission)
        return self.again(submission)

    def arrived(self, **given: Any) -> Submission:
        """Return a record the bureau has received."""
        submission = self.at_recommender(**given)
        if self.has_recommender:
            self.recommend(submission)
        return self.again(submission)

    def taken_up(self, **given: Any) -> Submission:
        submission = self.arrived(**given)
        deciding.take_up(submission, by=self.officer)
        return self.again(submission)

    def returned_by_office(self, **given: Any) -> Submission:
        submission = self.arrived(**given)
        back = deciding.Return("请补充", DUE, {"title": "再具体些"})
        deciding.return_for_correction(submission, back, by=self.officer)
        return self.again(submission)

    def kept(self, **given: Any) -> Submission:
        submission = self.arrived(**given)
        worklist_of(self.process).decision_by_action[self.case.keeps].run(
            submission, by=self.officer, form=None
        )
        return self.again(submission)

    def again(self, submission: Submission) -> Submission:
        """Return it as the database now has it."""
        found: Submission = self.process.records.objects.select_related(
            "call", "form", "category__parent", "domain", "office", "organisation", "author"
        ).get(pk=submission.pk)
        return found
