"""What is vendored is exactly what the list says, and the first visit stays small."""

import gzip
import hashlib
import json
from pathlib import Path

from xinghai.config.catalogues import PACKAGE

STATIC = PACKAGE / "static"
VENDOR = STATIC / "vendor"
ALLOWED = {"MIT", "0BSD", "BSD-3-Clause", "Apache-2.0", "ISC"}
FIRST_VISIT = 300 * 1024


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
    sent = [file for file in STATIC.rglob("*") if file.suffix in {".css", ".js", ".svg"}]
    assert len(sent) > 10
    assert sum(compressed(file) for file in sent) < FIRST_VISIT


def compressed(file: Path) -> int:
    return len(gzip.compress(file.read_bytes(), 6))
