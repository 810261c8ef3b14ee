"""The guides: Markdown files beside this module, read once per process, with their pictures.

A comment `<!-- #name -->` before a heading gives it an address of its own, which the help
link of a page leads to; anything else in angle brackets is left out.
"""

import itertools
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from xinghai.submissions.process import every_process

PLACE = Path(__file__).parent / "guides"
ANCHOR = re.compile(r"<!--\s*#([a-z-]+)\s*-->")
PICTURES = "guide"


@dataclass(frozen=True)
class Section:
    anchor: str
    title: str


@dataclass(frozen=True)
class Guide:
    """One guide as its page shows it; the first paragraph says whom it is for."""

    name: str
    title: str
    lead: str
    body: SafeString
    sections: tuple[Section, ...]


# In the order of the help's front page: the file, and the icon of its card.
GUIDES = {
    "applicant": "edit",
    "research-office": "list-check",
    "office": "inbox",
    "planning": "chart-bar",
}

# The page a person is on, by the name of its address, and the section that explains it.
EXPLAINED = {
    "portal:home": "applicant#begin",
    "portal:what": "applicant#begin",
    "portal:calls": "applicant#begin",
    "portal:call": "applicant#begin",
    "portal:call-questions": "applicant#begin",
    "portal:statistics": "planning#statistics",
    "account_signup": "applicant#register",
    "accounts:my-unit": "applicant#register",
    "accounts:register-unit": "applicant#register",
    "submissions:home": "applicant#home",
    "submissions:verify": "applicant#hand-in",
    "submissions:parts": "applicant#partners",
    "submissions:part": "applicant#partners",
    "notices": "applicant#messages",
    "notice-preferences": "applicant#messages",
    "accounts:unit": "research-office#people",
    "accounts:unit-people": "research-office#people",
    "accounts:unit-qualifications": "research-office#qualifications",
    "accounts:identity": "applicant#identity",
    "submissions:unit": "research-office#review",
    "casework:home": "office#inbox",
    "casework:search": "office#find",
    "suggestions:office-groups": "office#groups",
    "suggestions:office-group": "office#groups",
    "calls:desk-questions": "office#questions",
    "calls:question": "office#questions",
    "calls:office-calls": "planning#calls",
    "accounts:office-organisations": "planning#units",
    "accounts:office-organisation": "planning#units",
    "accounts:office-recommending": "planning#recommending",
    "accounts:office-recommending-add": "planning#recommending",
    "accounts:office-recommending-body": "planning#recommending",
    "accounts:office-staff": "planning#staff",
    "accounts:office-staff-add": "planning#staff",
    "accounts:office-staff-person": "planning#staff",
}
# Pages every process has, by their name in the namespace of its room.
EXPLAINED_OF_PROCESSES = {
    "list": "applicant#home",
    "start": "applicant#write",
    "edit": "applicant#write",
    "history": "applicant#write",
    "preview": "applicant#hand-in",
    "receipt": "applicant#hand-in",
    "record": "applicant#progress",
    "unit-list": "research-office#review",
    "unit-record": "research-office#review",
    "unit-return": "research-office#review",
    "unit-hand-in": "research-office#hand-in",
    "unit-schools": "research-office#schools",
    "unit-reminders": "research-office#schools",
    "unit-remind": "research-office#schools",
    "unit-batches": "research-office#receipt",
    "unit-batch": "research-office#receipt",
    "office-inbox": "office#inbox",
    "office-views": "office#inbox",
    "office-record": "office#decide",
    "office-decide": "office#decide",
    "office-decide-many": "office#many",
    "office-like": "office#alike",
    "office-load": "office#load",
    "office-overview": "planning#overview",
    "office-unfinished": "planning#overview",
    "office-all": "planning#rows",
    "office-triage": "planning#triage",
}
# A page nobody named leads to the guide of its audience.
AUDIENCES = (("/office/", "office"), ("/unit/", "research-office"), ("/my/", "applicant"))


def explained_at(view_name: str, path: str) -> tuple[str, str]:
    """Return guide and section for a page; ("", "") leads to the help's front page."""
    room, _colon, name = view_name.partition(":")
    is_mounted = any(process.room == room for process in every_process())
    explained = EXPLAINED_OF_PROCESSES.get(name) if is_mounted else None
    found = (
        EXPLAINED.get(view_name)
        or explained
        or next((guide for prefix, guide in AUDIENCES if path.startswith(prefix)), "")
    )
    guide, _hash, anchor = found.partition("#")
    return guide, anchor


def help_url(view_name: str, path: str) -> str:
    """The address that explains a page; registered for the help link of every frame."""
    guide, anchor = explained_at(view_name, path)
    if not guide:
        return reverse("portal:help")
    address = reverse("portal:guide", args=[guide])
    return f"{address}#{anchor}" if anchor else address


@cache
def read_guide(name: str) -> Guide:
    """Read one of GUIDES. Raises KeyError for any other name."""
    if name not in GUIDES:
        raise KeyError(name)
    tokens = _reader().parse((PLACE / f"{name}.md").read_text(encoding="utf-8"))
    title, lead = tokens[1].content, tokens[4].content
    rest = list(_with_anchors(tokens[6:]))
    body = _reader().renderer.render(rest, _reader().options, {})
    return Guide(name, title, lead, mark_safe(body), tuple(_sections(rest)))  # noqa: S308 - our own file


def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark").enable("table")
    reader.add_render_rule("image", _draw_picture)
    reader.add_render_rule("html_block", _nothing)
    reader.add_render_rule("html_inline", _nothing)
    return reader


def _with_anchors(tokens: Sequence[Token]) -> list[Token]:
    kept, anchor = [], ""
    for token in tokens:
        if token.type == "html_block":
            found = ANCHOR.search(token.content)
            anchor = found.group(1) if found else anchor
            continue
        if token.type == "heading_open" and anchor:
            token.attrSet("id", anchor)
            anchor = ""
        kept.append(token)
    return kept


def _sections(tokens: Sequence[Token]) -> list[Section]:
    return [
        Section(str(token.attrGet("id") or ""), words.content)
        for token, words in itertools.pairwise(tokens)
        if token.type == "heading_open" and token.tag == "h2"
    ]


@cache
def _sizes() -> dict[str, list[int]]:
    found = finders.find(f"{PICTURES}/sizes.json")
    return json.loads(Path(str(found)).read_text()) if found else {}


def _draw_picture(
    renderer: object, tokens: Sequence[Token], index: int, options: object, env: object
) -> str:
    """A picture with its size, so that nothing jumps while it loads."""
    token = tokens[index]
    name = Path(str(token.attrGet("src"))).stem
    width, height = _sizes().get(name, (1280, 800))
    return format_html(
        '<a class="guide-picture" href="{0}"><img src="{0}" alt="{1}" width="{2}" height="{3}"'
        ' loading="lazy"></a>',
        static(f"{PICTURES}/{name}.webp"),
        token.content,
        width,
        height,
    )


def _nothing(*_unused: object) -> str:
    return ""
