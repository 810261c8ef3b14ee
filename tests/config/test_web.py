"""What the launcher asks the web process."""

import os
import subprocess
import sys

import pytest

from xinghai.config.web import own_name


@pytest.mark.parametrize(
    ("hosts", "name"),
    [
        ("", "127.0.0.1"),
        ("*", "127.0.0.1"),
        ("xinghai.example, other.example", "xinghai.example"),
        (".xinghai.example", "xinghai.example"),
    ],
)
def test_the_site_is_asked_by_a_name_it_answers_to(
    hosts: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XINGHAI_HOSTS", hosts)
    assert own_name() == name


@pytest.mark.parametrize(("key", "status"), [("", 1), ("a-key-of-its-own", 0)])
@pytest.mark.parametrize("name", ["XINGHAI_SECRET_KEY", "XINGHAI_PERSONAL_KEY"])
def test_the_site_is_never_served_without_its_keys(name: str, key: str, status: int) -> None:
    keys = {"XINGHAI_SECRET_KEY": "one-key", "XINGHAI_PERSONAL_KEY": "another-key"}
    environment = os.environ | {"XINGHAI_MODE": "serve", **keys, name: key}
    done = subprocess.run(
        [sys.executable, "-c", "import xinghai.config.wsgi"],
        env=environment,
        capture_output=True,
        check=False,
    )
    assert done.returncode == status
