"""The form of the living page: one field of every kind, with answers worth looking at."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from xinghai.kernel.forms import FormDefinition, parse_form

DEFINITION = Path(__file__).with_suffix(".toml")


@cache
def sample_form() -> FormDefinition:
    return parse_form(tomllib.loads(DEFINITION.read_text(encoding="utf-8")))


def sample_answers() -> dict[str, Any]:
    """What somebody halfway through has written."""
    return {
        "title": "LNG",
        "category": "JBGS",
        "bottleneck": "choke",
        "tags": ["high"],
        "keywords": ["LNG", "TRL"],
        "discipline": ["580"],
        "user_unit": {"name": "Demo Marine Technology Ltd", "uscc": "91210200MA00000000"},
        "call": {"id": "2024", "label": "2024"},
        "has_partner": True,
        "readiness": {"start": 5, "target": 7},
        "indicators": [{"group": "tech", "name": "LNG −163 ℃", "target": "0.2", "unit": "%"}],
        "total": "1200",
        "due": "2026-12-31",
    }
