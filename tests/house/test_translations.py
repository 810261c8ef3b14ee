"""Chinese on every page, English complete: nothing on a screen escapes the catalogues."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from django.template.base import Lexer, TokenType
from django.utils.translation import gettext, override

from xinghai.config import translations

HAN = re.compile(r"[\u4e00-\u9fff]")
TEMPLATES = translations.PACKAGE / "templates"
TRANSLATORS = {"_", *translations.KEYWORDS}
# Chinese that is not said on a screen of ours, or is said in both languages already.
DATA = {
    "config/": "the command line speaks both languages at once",
    "kernel/forms/": "words of the form engine stand beside their English",
    "kernel/workdays.py": "names of holidays are data",
    "calls/composing.py": "the message of a check stands beside its English",
    "accounts/names.py": "reads names of organisations",
}
# Each language is named in itself, so that who cannot read the other one finds it.
LANGUAGES = {"中文", "简体中文"}


# Reading all sources of a room takes long; no test changes what it is given.
completed = cache(translations.completed)


@pytest.mark.parametrize("room", translations.ROOMS)
def test_every_message_has_its_english(room: str) -> None:
    _fresh, missing = completed(room)
    assert missing == []


@pytest.mark.parametrize("room", translations.ROOMS)
def test_the_catalogue_holds_what_the_sources_say(room: str) -> None:
    fresh, _missing = completed(room)
    path = translations.catalogue_path(room)
    kept = path.read_bytes() if path.exists() else b""
    assert kept == (translations.as_text(fresh) if len(fresh) else b""), (
        f"run ./xinghai manage messages ({room})"
    )


@pytest.mark.parametrize("room", translations.ROOMS)
def test_no_english_has_chinese_in_it_and_every_gap_is_kept(room: str) -> None:
    fresh, _missing = completed(room)
    for message in fresh:
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        # Chinese may name both numbers alike, so an English plural answers to the last of the two.
        for string, of in zip(strings if message.id else (), (ids[0], ids[-1]), strict=False):
            assert not HAN.search(string or ""), string
            assert gaps(string or of) == gaps(of), string


def gaps(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)s|%s|\{\w+\}", text))


def templates() -> list[str]:
    found = [*TEMPLATES.rglob("*.html"), *TEMPLATES.rglob("*.txt")]
    return sorted(str(file.relative_to(TEMPLATES)) for file in found)


@pytest.mark.parametrize("name", templates())
def test_a_template_says_nothing_untranslated(name: str) -> None:
    bare = re.findall(r"[^\s<>]*[\u4e00-\u9fff][^\s<>]*", text_outside(TEMPLATES / name))
    assert set(bare) - LANGUAGES == set()


def text_outside(file: Path) -> str:
    """A template without its tags, comments and translated blocks."""
    kept, closing = [], ""
    for token in Lexer(file.read_text(encoding="utf-8")).tokenize():
        word = token.contents.split(" ")[0] if token.token_type is TokenType.BLOCK else ""
        if word in {"comment", "blocktranslate"}:
            closing = f"end{word}"
        elif word and word == closing:
            closing = ""
        elif token.token_type is TokenType.TEXT and not closing:
            kept.append(token.contents)
    return "".join(kept)


def code_files() -> list[str]:
    found = (
        file for room in translations.ROOMS for file in (translations.PACKAGE / room).rglob("*.py")
    )
    names = sorted(str(file.relative_to(translations.PACKAGE)) for file in found)
    return [
        name for name in names if not name.startswith(tuple(DATA)) and "/migrations/" not in name
    ]


@pytest.mark.parametrize("name", code_files())
def test_code_says_nothing_untranslated(name: str) -> None:
    tree = ast.parse((translations.PACKAGE / name).read_text(encoding="utf-8"))
    assert {text for text in untranslated(tree) if HAN.search(text)} - LANGUAGES == set()


def untranslated(tree: ast.AST) -> list[str]:
    """String constants that are neither docstrings nor arguments of a translator."""
    if isinstance(tree, ast.Call):
        named = getattr(tree.func, "id", getattr(tree.func, "attr", ""))
        if named in TRANSLATORS:
            return []
    if isinstance(tree, ast.Expr) and isinstance(tree.value, ast.Constant):
        return []
    if isinstance(tree, ast.Constant):
        return [tree.value] if isinstance(tree.value, str) else []
    return [text for child in ast.iter_child_nodes(tree) for text in untranslated(child)]


def test_a_planted_sentence_is_noticed(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text('{% load i18n %}{% translate "译" %}<p>漏</p>{# 注 #}', encoding="utf-8")
    assert HAN.findall(text_outside(page)) == ["漏"]
    assert untranslated(ast.parse('"""说明"""\nx = _("译")\ny = "漏"')) == ["漏"]


def test_a_process_that_starts_speaks_english() -> None:
    with override("en"):
        assert gettext("跳到正文") == "Skip to the content"
