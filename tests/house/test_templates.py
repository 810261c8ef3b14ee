"""Pages carry no script and no style of their own: the content security policy refuses both."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

TEMPLATES = Path(__file__).resolve().parents[2] / "src" / "xinghai" / "templates"
MAIL = TEMPLATES / "kernel" / "mail"
COMMENT = re.compile(r"{#.*?#}|{% comment.*?endcomment %}|<!--.*?-->", re.DOTALL)
STATIC = re.compile(r"{%\s*static\s+[\"']([^\"']+)[\"']")
INLINE = re.compile(
    r"<script(?![^>]*\b(?:src=|type=[\"']application/json))[^>]*>"
    r"|<style\b"
    r"|\sstyle="
    r"|\son[a-z]+="
    r"|javascript:",
    re.IGNORECASE,
)


def inline_parts(text: str) -> list[str]:
    return INLINE.findall(COMMENT.sub("", text))


def test_no_page_carries_inline_script_or_style() -> None:
    found = {
        str(path.relative_to(TEMPLATES)): parts
        for path in sorted(TEMPLATES.rglob("*.html"))
        if MAIL not in path.parents  # a mail is no page: its program knows no style sheet
        if (parts := inline_parts(path.read_text()))
    }
    assert found == {}


def test_every_file_a_page_names_is_there() -> None:
    """The tests' storage names any file; that of a real platform answers 500 for a missing one."""
    missing = {
        f"{path.relative_to(TEMPLATES)}: {name}"
        for path in sorted(TEMPLATES.rglob("*.html"))
        for name in STATIC.findall(path.read_text())
        if finders.find(name) is None
    }
    assert missing == set()


@pytest.mark.parametrize(
    "page",
    [
        "<script>go()</script>",
        "<script defer>go()</script>",
        '<p style="color: red">',
        '<a onclick="go()">',
        '<a href="javascript:go()">',
        "<style>p {}</style>",
    ],
)
def test_each_kind_of_inline_part_is_found(page: str) -> None:
    assert len(inline_parts(page)) == 1


def test_files_and_data_are_allowed() -> None:
    page = '<script src="a.js" defer></script><script type="application/json">{}</script>'
    assert inline_parts(page) == []
