"""Small files, small functions; an exception stands here with its reason."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LONGEST_FILE = 400
LONGEST_FUNCTION = 40

# path, or path::function -> why it may be longer
LONG_FILES: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {}


def sources() -> Iterator[tuple[str, str]]:
    """Every Python file of ours but the generated migrations, with its text."""
    for folder in ("src", "tests", "bench"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield str(path.relative_to(ROOT)), path.read_text()
    yield "xinghai", (ROOT / "xinghai").read_text()


def functions(text: str) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_file_is_longer_than_400_lines() -> None:
    long = {name for name, text in sources() if len(text.splitlines()) > LONGEST_FILE}
    assert long == set(LONG_FILES)


def test_no_function_is_longer_than_40_lines() -> None:
    long = {
        f"{name}::{function}"
        for name, text in sources()
        for function, length in functions(text)
        if length > LONGEST_FUNCTION
    }
    assert long == set(LONG_FUNCTIONS)


def test_the_counter_counts_the_whole_function() -> None:
    assert dict(functions("def one():\n    a = 1\n\n    return a\n")) == {"one": 4}
