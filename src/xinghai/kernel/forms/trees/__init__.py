"""Published classifications as trees of codes, read from the CSV files beside this module."""

import csv
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from xinghai.kernel.forms.wording import Text

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Node:
    code: str
    parent: str
    name: Text


@dataclass(frozen=True)
class Tree:
    """A classification: `gbt13745` disciplines, `gbt4754` branches of the economy."""

    id: str
    nodes: tuple[Node, ...]

    @cached_property
    def by_code(self) -> dict[str, Node]:
        return {node.code: node for node in self.nodes}

    def find(self, code: str) -> Node | None:
        return self.by_code.get(code)

    def children(self, parent: str = "") -> list[Node]:
        return [node for node in self.nodes if node.parent == parent]

    def path(self, code: str, language: str = "zh") -> str:
        """The name with those above it; an unknown code stays what it is."""
        names: list[str] = []
        node = self.find(code)
        while node:
            names.insert(0, node.name.say(language))
            node = self.find(node.parent)
        return " / ".join(names) or code


def tree_names() -> frozenset[str]:
    return frozenset(file.stem for file in HERE.glob("*.csv"))


@cache
def tree_named(name: str) -> Tree:
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return Tree(
        name, tuple(Node(row["code"], row["parent"], Text(row["zh"], row["en"])) for row in rows)
    )
