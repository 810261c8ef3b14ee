"""Only the workflow writes `.state`; every workflow's table guards its own column."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps

from xinghai.kernel.models import Recorded
from xinghai.kernel.triggers import StateGuard

SOURCE = Path(__file__).resolve().parents[2] / "src" / "xinghai"
THE_DOOR = "kernel/workflow.py"


def writes_of_state(tree: ast.AST) -> Iterator[int]:
    """Yield the lines that assign an attribute `state`, or write it by update or setattr."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                if isinstance(target, ast.Attribute) and target.attr == "state":
                    yield node.lineno
        elif isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            named = {keyword.arg for keyword in node.keywords}
            literals = {arg.value for arg in node.args if isinstance(arg, ast.Constant)}
            if (name == "update" and "state" in named) or (
                name == "setattr" and "state" in literals
            ):
                yield node.lineno


def test_nobody_but_the_workflow_assigns_a_state() -> None:
    found = {
        f"{path.relative_to(SOURCE)}:{line}"
        for path in SOURCE.rglob("*.py")
        if path.relative_to(SOURCE).as_posix() != THE_DOOR
        for line in writes_of_state(ast.parse(path.read_text()))
    }
    assert found == set()


def test_the_search_finds_every_way_of_writing() -> None:
    code = "r.state = 'x'\nq.update(state='x')\nsetattr(r, 'state', 'x')\nr.state: str = 'x'"
    assert sorted(writes_of_state(ast.parse(code))) == [1, 2, 3, 4]


def test_every_model_with_a_workflow_has_its_guard_in_the_database() -> None:
    unguarded = {
        model.__name__
        for model in apps.get_models()
        if issubclass(model, Recorded)
        and hasattr(model, "workflow")
        and not any(isinstance(trigger, StateGuard) for trigger in model._meta.triggers)
    }
    assert unguarded == set()
