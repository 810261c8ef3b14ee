"""Pages carry no script and no style of their own, and name nothing of a room above theirs."""

import ast
import configparser
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import get_args

import pytest
from django.contrib.staticfiles import finders
from django.template import engines
from django.template.base import Lexer, TokenType
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from xinghai.config.translations import room_of
from xinghai.kernel import navigation

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "xinghai"
TEMPLATES = PACKAGE / "templates"
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


# The room that gives addresses to the views of another package.
MOUNTED_BY = {"allauth": "accounts"}
QUOTED = re.compile(r"[\"']([^\"']+)[\"']")
NAMING_TAGS = {"url", "include", "extends", "has_perm", "page_url"}
Named = tuple[str, str]


def rooms_known_to(room: str, floors: str) -> set[str]:
    """The room itself and what import-linter lets it import: `:` joins siblings, `|` parts them."""
    lines = [line for line in floors.splitlines() if line.strip()]
    names = [re.findall(r"\w+", line) for line in lines]
    (floor,) = (place for place, rooms in enumerate(names) if room in rooms)
    siblings = names[floor] if ":" in lines[floor] else []
    return {room, *siblings, *(name for rooms in names[floor + 1 :] for name in rooms)}


@cache
def floors_of_the_house() -> str:
    contracts = configparser.ConfigParser()
    contracts.read(ROOT / ".importlinter")
    return contracts["importlinter:contract:floors"]["layers"]


def named_in(text: str) -> Iterator[Named]:
    """What a template names: (tag, name); a library of tags as ("load", its name)."""
    for token in Lexer(text).tokenize():
        if token.token_type != TokenType.BLOCK:
            continue
        tag, *words = token.split_contents()
        if tag == "load":
            libraries = words[words.index("from") + 1 :] if "from" in words else words
            yield from (("load", library) for library in libraries)
        elif tag in NAMING_TAGS and words:
            yield from ((tag, name) for name in QUOTED.findall(words[0]))


def named_in_code(code: str) -> Iterator[Named]:
    """Templates and addresses that stand as a whole string in a module."""
    known = rooms_of_addresses()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if ":" in node.value and node.value in known:
                yield "url", node.value
            elif re.fullmatch(r"[\w/-]+/[\w-]+\.(html|txt)", node.value):
                yield "include", node.value


def room_of_module(module: str) -> str:
    package, *inner = module.split(".")
    return inner[0] if package == "xinghai" else MOUNTED_BY.get(package, "")


def addresses(
    patterns: Iterable[URLPattern | URLResolver] | None = None, space: str = ""
) -> Iterator[Named]:
    """Every named address with the room whose view answers it."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from addresses(pattern.url_patterns, inner)
        elif pattern.name:
            view = getattr(pattern.callback, "view_class", pattern.callback)
            yield f"{space}{pattern.name}", room_of_module(view.__module__)


@cache
def rooms_of_addresses() -> dict[str, str]:
    """Every named address with its room; addresses are mounted once."""
    return dict(addresses())


def room_named(tag: str, name: str, rooms: dict[str, str]) -> str:
    """The room a name belongs to; "" for what is Django's or another package's.

    An address that does not exist is of "nowhere", a room nobody may name: `{% url … as x %}`
    hides it otherwise. `page_url` names no room; its names have a test of their own.
    """
    if tag == "url":
        return rooms.get(name, "nowhere")
    if tag == "load":
        return room_of_module(engines["django"].engine.libraries.get(name, ""))
    if tag == "has_perm":
        return name.partition(".")[0]
    return "" if tag == "page_url" else room_of(Path(name))


def names_from_above(room: str, named: Iterable[Named]) -> list[str]:
    rooms, known = rooms_of_addresses(), rooms_known_to(room, floors_of_the_house())
    return [
        f"{tag} {name}" for tag, name in named if room_named(tag, name, rooms) not in {"", *known}
    ]


def templates() -> dict[Path, str]:
    found = sorted([*TEMPLATES.rglob("*.html"), *TEMPLATES.rglob("*.txt")])
    return {path.relative_to(TEMPLATES): path.read_text() for path in found}


def test_a_template_names_only_its_own_room_and_those_below() -> None:
    found = {
        str(path): names
        for path, text in templates().items()
        if (names := names_from_above(room_of(path), named_in(text)))
    }
    assert found == {}


def test_code_names_only_pages_of_its_own_room_and_those_below() -> None:
    modules = {path.relative_to(PACKAGE): path for path in sorted(PACKAGE.rglob("*/*.py"))}
    found = {
        str(name): names
        for name, path in modules.items()
        if (names := names_from_above(name.parts[0], named_in_code(path.read_text())))
    }
    assert found == {}


@pytest.mark.parametrize(
    "line",
    [
        "{% url 'submissions:home' %}",
        "{% url 'suggestions:no-such-page' as address %}",
        '{% include "portal/figures.html" with a=b only %}',
        '{% extends "portal/home.html" %}',
        '{% has_perm "suggestions.write" request.user as may %}',
    ],
)
def test_each_way_of_naming_a_room_above_is_found(line: str) -> None:
    assert len(names_from_above("calls", named_in(line))) == 1
    assert names_from_above("portal", named_in("{% url 'submissions:home' %}")) == []


def test_a_library_of_tags_belongs_to_its_room() -> None:
    assert names_from_above("similarity", named_in("{% load i18n look %}")) == ["load look"]
    assert names_from_above("kernel", named_in("{% load i18n look %}")) == []


def test_code_that_names_a_page_above_is_found() -> None:
    code = 'redirect("portal:home")\nrender(request, "portal/home.html", {})'
    assert len(names_from_above("suggestions", named_in_code(code))) == 2
    assert names_from_above("config", named_in_code(code)) == []


def test_siblings_know_each_other_only_where_the_contract_joins_them() -> None:
    floors = "top\nleft | right\none : (two)\nground"
    assert rooms_known_to("left", floors) == {"left", "one", "two", "ground"}
    assert rooms_known_to("one", floors) == {"one", "two", "ground"}


def test_every_page_a_template_asks_for_is_registered_by_a_room() -> None:
    named = (one for text in templates().values() for one in named_in(text))
    asked = {name for tag, name in named if tag == "page_url"}
    registered = navigation.registered_pages()
    assert asked == set(registered)
    assert set(registered.values()) <= set(dict(addresses()))


def test_every_entry_of_a_frame_leads_somewhere() -> None:
    entries = navigation.registered_entries()
    assert {frame for frame, _entry in entries} == set(get_args(navigation.Frame))
    for _frame, entry in entries:
        assert reverse(entry.url_name).startswith("/")
