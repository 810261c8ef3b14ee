"""The scripts a page loads are of one release, whatever a browser has kept."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

OWN = "xinghai.config.staticfiles.HashedStatics"


@pytest.fixture
def collected(settings: Any, tmp_path: Path) -> Path:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": OWN}}
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path / "xinghai"


def test_a_script_imports_the_hashed_name_of_another(collected: Path) -> None:
    hashed = [one for one in collected.glob("*.js") if re.search(r"\.[0-9a-f]{12}\.js$", one.name)]
    plain = [one for one in collected.glob("*.js") if one not in hashed]
    assert len(hashed) == len(plain) > 5
    imported = {
        name
        for script in hashed
        for name in re.findall(r'from "\./([^"]+)"', script.read_text(encoding="utf-8"))
    }
    assert imported
    assert imported <= {one.name for one in hashed}
