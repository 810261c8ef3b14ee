"""Nobody but the workflow sets a state."""

import ast
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "xinghai"
DOOR = "kernel/workflow.py"
WRITING_CALLS = {"update", "update_or_create", "bulk_update"}


def state_changes(text: str) -> Iterator[int]:
    """Lines that assign `.state`, or write it through a queryset."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(one, ast.Attribute) and one.attr == "state" for one in targets):
                yield node.lineno
        elif isinstance(node, ast.Call) and writes_state(node):
            yield node.lineno


def writes_state(call: ast.Call) -> bool:
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    if name == "setattr":
        return any(isinstance(one, ast.Constant) and one.value == "state" for one in call.args)
    return name in WRITING_CALLS and any(word.arg == "state" for word in call.keywords)


def test_only_the_workflow_assigns_a_state() -> None:
    elsewhere = {
        f"{path.relative_to(PACKAGE)}:{line}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if "migrations" not in path.parts and str(path.relative_to(PACKAGE)) != DOOR
        for line in state_changes(path.read_text())
    }
    assert elsewhere == set()


def test_every_way_to_assign_a_state_is_found() -> None:
    text = "a.state = 1\nrows.update(state=2)\nsetattr(a, 'state', 3)\na.other = 4\n"
    assert list(state_changes(text)) == [1, 2, 3]
