"""Everything beside everything: the overnight command."""

import json

import pytest
from django.core.management import call_command

from tests.corpus.test_copies import put, writing
from xinghai.corpus import services
from xinghai.corpus.comparing import compare_all
from xinghai.corpus.services import Text

pytestmark = pytest.mark.django_db


def test_the_command_prints_each_pair_that_shares_words(capsys: pytest.CaptureFixture[str]) -> None:
    put("1", writing(1))
    put("2", writing(2) + writing(1))
    put("3", writing(3))

    call_command("corpus_compare")

    (pair,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (pair["here"], pair["there"]) == (["thing", "1"], ["thing", "2"])
    assert (pair["share_here"], pair["share_there"], pair["longest"]) == (1.0, 0.5, 400)


def test_a_writers_own_earlier_version_is_no_finding_and_kinds_narrow() -> None:
    for key in ("1", "2"):
        services.put(
            Text(kind="thing", key=key, title="", body=writing(1), audiences=["a"], writer="user:1")
        )
    services.put(Text(kind="other", key="3", title="", body=writing(1), audiences=["a"]))

    assert list(compare_all(kind="thing")) == []
    assert {(pair["here"][1], pair["there"][1]) for pair in compare_all()} == {
        ("1", "3"),
        ("2", "3"),
    }


def test_nothing_to_compare_is_compared() -> None:
    assert list(compare_all()) == []
