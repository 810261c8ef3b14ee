"""The answers of a record are read by who writes, checks or redacts them, and by nobody else."""

import ast
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "xinghai"
ROOMS = ("submissions", "casework", "duplicates", "suggestions", "portal")
# Who may read them whole, and why; everybody else asks `redacting.redact`.
WHOLE = {
    "submissions/answers.py": "says who fills what",
    "submissions/precheck.py": "checks",
    "submissions/receipts.py": "digests",
    "submissions/services/attaching.py": "writes",
    "submissions/services/drafting.py": "writes",
    "submissions/services/renewing.py": "writes what nobody types",
    "submissions/services/submitting.py": "writes, digests",
}
# Files that hand the whole to `redact` at once; each other reading needs its reason.
REDACTING = {
    "portal/views.py": 1,  # invented answers of the living pages of the look
    "submissions/form_page.py": 2,  # `told_back` gives fields the person may fill
    "submissions/index_text.py": 2,  # what follows from other answers is found in the whole
    "submissions/versions.py": 1,
}


def readings(tree: ast.AST) -> Iterator[int]:
    """Yield the lines that read an attribute `answers` of whatever."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "answers":
            yield node.lineno


def test_a_text_leaves_only_through_redact() -> None:
    found = {
        name: len(lines)
        for room in ROOMS
        for path in (SOURCE / room).rglob("*.py")
        if (name := path.relative_to(SOURCE).as_posix()) not in WHOLE
        and "/migrations/" not in name
        and (lines := list(readings(ast.parse(path.read_text()))))
    }
    assert found == REDACTING


def test_who_may_read_the_whole_does() -> None:
    assert [one for one in WHOLE if not [*readings(ast.parse((SOURCE / one).read_text()))]] == []


def test_a_template_shows_no_answers_itself() -> None:
    pages = (SOURCE / "templates").rglob("*.html")
    assert [page.name for page in pages if ".answers" in page.read_text()] == []
