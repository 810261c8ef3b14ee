"""What the contract suite must know of a process to take its records through it.

Each process gives one case; everything else is asked of the process itself. A process without a
case fails `test_every_process_has_a_case`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.factories import load_definition, load_notice
from tests.submissions.toy.process import TOY
from tests.suggestions.factories import complete_answers
from xinghai.calls.models import Call
from xinghai.submissions.models import Submission
from xinghai.submissions.process import Process
from xinghai.suggestions.process import SUGGESTIONS

Answers = dict[str, Any]
TOY_CALL = Path(__file__).parents[1] / "toy" / "call.toml"


@dataclass(frozen=True, kw_only=True)
class Case:
    """How one process's records are made; `ours` is the domain the officer's office receives."""

    process: Process
    load: Callable[[], Call]
    answers: Callable[..., Answers]
    category: str
    # A long text the full text index reads.
    text_field: str
    ours: str = "ai"
    unrouted: str
    # The type with a partner, the field that names it, and the field of its part.
    joint_category: str
    joint_field: str
    part_field: str
    # The decision that ends it well, and the one that asks for a reason.
    keeps: str
    kept_state: str
    refuses: str
    refused_state: str
    own_tab: str

    @property
    def name(self) -> str:
        return self.process.key


def load_toy() -> Call:
    """Load and publish the toy's call."""
    return load_definition(TOY_CALL)


def toy_answers(submission: Submission, **given: Any) -> Answers:
    plain = {"title": "演示申报的名称", "domain": "ai", "content": "演示申报的主要内容。"}
    return {**plain, **given}


CASES = (
    Case(
        process=SUGGESTIONS,
        load=lambda: load_notice("2024"),
        answers=complete_answers,
        category="CXJJ-HM",
        text_field="background",
        unrouted="energy",
        joint_category="CXJJ-ZD",
        joint_field="cx_ent",
        part_field="cx_partner_need",
        keeps="accept",
        kept_state="pooled",
        refuses="decline",
        refused_state="declined",
        own_tab="pooled",
    ),
    Case(
        process=TOY,
        load=load_toy,
        answers=toy_answers,
        category="PILOT",
        text_field="content",
        unrouted="sea",
        joint_category="PILOT",
        joint_field="partner_unit",
        part_field="contribution",
        keeps="admit",
        kept_state="admitted",
        refuses="refuse",
        refused_state="not_admitted",
        own_tab="admitted",
    ),
)
