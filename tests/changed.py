"""Which test files a change can reach: `./xinghai test --changed`.

A module reaches every module that imports it, however far. A test file is reached when it stands
in the directory of a changed room, or imports by itself what the change reaches. What a test
meets only on its way, in the scenes it begins with, does not choose it: everything would choose
everything. The whole suite decides; this is the answer of the first minute.
"""

import ast
import re
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import grimp

PACKAGE, TESTS = "src/xinghai/", "tests/"
TEMPLATES, STATIC = f"{PACKAGE}templates/", f"{PACKAGE}static/"
# Whoever changes how the suite runs, runs it whole.
WHOLE = (
    "pyproject.toml",
    "requirements.lock",
    "requirements-dev.lock",
    "src/xinghai/config/settings.py",
    "src/xinghai/config/testing.py",
    "tests/conftest.py",
    "tests/snapshots.py",
    "tests/tables.py",
)
MATRIX = "tests/house/test_access_matrix.py"
EVERY_STATE = "tests/submissions/contract/test_every_state.py"
OLD_DATABASE = "tests/config/test_an_old_database.py"
# Modules that decide who gets which answer: these two ask every address, or every page of a
# record in every state, and take as long as a room.
OF_THE_MATRIX = re.compile(r"\.(urls|rules|middleware|mounting)$|views")
ASKING_ALL = {MATRIX, EVERY_STATE}
NO_ROOMS = ("static", "templates", "locale")
OTHER_ROOMS = {"account": "accounts", "allauth": "accounts", "mfa": "accounts"}


def changed_files(root: Path, since: str) -> set[str]:
    """Paths that differ from where this branch left `since`, committed or not."""

    def git(*words: str) -> list[str]:
        command = ["git", "-c", "core.quotepath=off", *words]
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
        return done.stdout.splitlines()

    [base] = git("merge-base", since, "HEAD")
    return {*git("diff", "--name-only", base), *git("ls-files", "--others", "--exclude-standard")}


@dataclass
class Tree:
    """The files of a checkout and who names whom."""

    root: Path
    texts: dict[str, str] = field(default_factory=dict)
    known: dict[str, set[str]] = field(default_factory=dict)

    def text(self, path: str) -> str:
        if path not in self.texts:
            self.texts[path] = (self.root / path).read_text(errors="replace")
        return self.texts[path]

    def files(self, folder: str, *ends: str) -> list[str]:
        found = (self.root / folder).rglob("*")
        return sorted(str(one.relative_to(self.root)) for one in found if one.suffix in ends)

    @cached_property
    def graph(self) -> grimp.ImportGraph:
        return grimp.build_graph("xinghai", cache_dir=None)

    @cached_property
    def sources(self) -> list[str]:
        return [path for path in self.files(PACKAGE, ".py") if "/migrations/" not in path]

    @cached_property
    def pages(self) -> list[str]:
        return [*self.files(TEMPLATES, ".html", ".txt"), *self.files(STATIC, ".js", ".css")]

    @cached_property
    def tests(self) -> list[str]:
        return self.files(TESTS, ".py")

    def imports(self, path: str) -> set[str]:
        """Every module a test file names; `from a import b` may mean a module `a.b`."""
        if path in self.known:
            return self.known[path]
        found = self.known[path] = set()
        for node in ast.walk(ast.parse(self.text(path))):
            if isinstance(node, ast.Import):
                found |= {one.name for one in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found |= {node.module, *(f"{node.module}.{one.name}" for one in node.names)}
        return found

    def naming(self, names: Iterable[str], files: Iterable[str]) -> set[str]:
        """The files whose text holds one of the names."""
        wanted = [name for name in names if name]
        return {path for path in files if any(name in self.text(path) for name in wanted)}


def reached(tree: Tree, changed: set[str]) -> set[str] | None:
    """The test files a change reaches, or None for all of them."""
    if changed & set(WHOLE):
        return None
    pages = _pages(tree, changed)
    modules, rooms = _modules(tree, changed, pages)
    found = {
        path for path in tree.tests if path.startswith(tuple(f"tests/{one}/" for one in rooms))
    }
    far = {
        one
        for module in modules & tree.graph.modules
        for one in (module, *tree.graph.find_downstream_modules(module))
        # The addresses of every room: what they mount is looked at in the room's own tests.
        if not one.startswith("xinghai.config") or module.startswith("xinghai.config")
    }
    helpers = _helpers(tree, changed)
    names = far | helpers
    found |= {path for path in tree.tests if path not in ASKING_ALL and tree.imports(path) & names}
    folders = tuple(one.removesuffix("conftest") for one in helpers if one.endswith(".conftest"))
    found |= {path for path in tree.tests if _helper(path).startswith(folders)}
    found |= {path for path in tree.tests if path.startswith("tests/house/") and path != MATRIX}
    found |= {path for path in changed if path in tree.tests}
    found |= tree.naming((Path(path).name for path in changed if path.endswith(".md")), tree.tests)
    found |= set(_of_the_browser(tree, pages))
    if any(OF_THE_MATRIX.search(module) for module in modules):
        found |= ASKING_ALL
    if any("/migrations/" in path for path in changed):
        found.add(OLD_DATABASE)
    return {path for path in found if Path(path).name.startswith("test_")}


def _pages(tree: Tree, changed: set[str]) -> set[str]:
    """Changed templates and static files, and those that name them, however far."""
    found: set[str] = set()
    coming = {path for path in changed if path.startswith((TEMPLATES, STATIC))}
    while coming:
        found |= coming
        names = {_name(path) for path in coming}
        coming = tree.naming(names, tree.pages) - found
    return found


def _name(path: str) -> str:
    """What a page calls a template or a static file; a script calls another by its last part."""
    if path.startswith(TEMPLATES):
        return path.removeprefix(TEMPLATES)
    return Path(path).name


def _modules(tree: Tree, changed: set[str], pages: set[str]) -> tuple[set[str], set[str]]:
    """The modules that change themselves or through a file they read, and the changed rooms."""
    modules = {module for path in changed if (module := _module(path))}
    rooms = {_room(path) for path in (*changed, *pages)}
    modules |= {
        _module(path)
        for path in tree.naming(
            map(_name, pages & set(tree.files(TEMPLATES, ".html"))), tree.sources
        )
    }
    for path in changed:
        inside = Path(path).relative_to(PACKAGE) if path.startswith(PACKAGE) else None
        if inside and len(inside.parts) > 1 and path not in pages and not _module(path):
            own = [one for one in tree.sources if one.startswith(f"{PACKAGE}{inside.parts[0]}/")]
            named = [inside.parts[1] if len(inside.parts) > 2 else inside.name]
            modules |= {_module(one) for one in tree.naming(named, own)}
    return modules, rooms - {""}


def _module(path: str) -> str:
    if not path.startswith(PACKAGE) or not path.endswith(".py"):
        return ""
    return path.removeprefix("src/").removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _room(path: str) -> str:
    for folder in (TEMPLATES, PACKAGE):
        if path.startswith(folder):
            first = path.removeprefix(folder).split("/")[0]
            return "" if first in NO_ROOMS else OTHER_ROOMS.get(first, first)
    return ""


def _helpers(tree: Tree, changed: set[str]) -> set[str]:
    """Changed modules of the tests, and the helpers that import them, however far."""
    found: set[str] = set()
    coming = {_helper(path) for path in changed & set(tree.tests)}
    helpers = [path for path in tree.tests if not Path(path).name.startswith("test_")]
    while coming:
        found |= coming
        coming = {_helper(path) for path in helpers if tree.imports(path) & coming} - found
    return found


def _helper(path: str) -> str:
    return path.removesuffix(".py").replace("/", ".")


def _of_the_browser(tree: Tree, pages: set[str]) -> Iterator[str]:
    """A browser test is reached when it works in a room whose pages change."""
    rooms = {_room(path) for path in pages} - {""}
    for path in tree.files("tests/browser", ".py"):
        known = {name.split(".")[1] for name in tree.imports(path) if "." in name}
        if rooms & known:
            yield path
