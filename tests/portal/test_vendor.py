"""What is vendored is exactly what the list says, and the first visit stays small."""

import gzip
import hashlib
import json
import re
from pathlib import Path

import pytest

from xinghai.config.translations import PACKAGE

STATIC = PACKAGE / "static"
VENDOR = STATIC / "vendor"
ALLOWED = {"MIT", "0BSD", "BSD-3-Clause", "Apache-2.0", "ISC"}
FIRST_VISIT = 300 * 1024
ICONS = STATIC / "vendor/tabler/icons.svg"


def test_every_vendored_file_is_listed_with_its_hash() -> None:
    packages = json.loads((VENDOR / "vendor.lock").read_text(encoding="utf-8"))
    listed = {name: digest for one in packages for name, digest in one["files"].items()}
    found = {
        str(file.relative_to(VENDOR)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in VENDOR.rglob("*")
        if file.is_file() and file.parent != VENDOR
    }
    assert found == listed
    assert {one["licence"] for one in packages} <= ALLOWED


def test_a_first_visit_is_under_300_kilobytes_compressed() -> None:
    """Everything there is, but for the charts' library, which two pages load."""
    sent = [file for file in STATIC.rglob("*") if file.suffix in {".css", ".js", ".svg"}]
    without_charts = [file for file in sent if file.parent.name != "echarts"]
    assert len(without_charts) > 10
    assert sum(compressed(file) for file in without_charts) < FIRST_VISIT


@pytest.mark.parametrize("page", ["casework/overview/page.html", "portal/statistics.html"])
def test_a_page_with_charts_stays_under_it_too(page: str) -> None:
    wanted = {*statics_of("base.html"), *statics_of(page), ICONS, *with_imports("charts.js")}
    assert STATIC / "vendor/echarts/echarts.min.js" in wanted
    document = 12 * 1024  # the page itself, compressed
    assert sum(compressed(file) for file in wanted) + document < FIRST_VISIT


def statics_of(template: str) -> set[Path]:
    """The files a template names, and what its scripts import."""
    text = (PACKAGE / "templates" / template).read_text(encoding="utf-8")
    return {STATIC / name for name in re.findall(r"{% static '([^']+)' %}", text)}


def with_imports(script: str) -> set[Path]:
    file = STATIC / "xinghai" / script
    named = re.findall(r'^import .* from "([^"]+)";', file.read_text(encoding="utf-8"), re.M)
    return {file, *((file.parent / name).resolve() for name in named)}


def compressed(file: Path) -> int:
    return len(gzip.compress(file.read_bytes(), 6))
