"""The harness: labelled records are read by path, a bad line is named, ours is beside its peer."""

import json
from pathlib import Path

import pytest

from bench.similarity.records import invent_records, read_records
from bench.similarity.retrieval import judge

GOOD = {"id": 1, "title": "题", "abstract": "文", "keywords": ["甲", "乙"], "label": 3}


def test_records_are_read_and_invented(tmp_path: Path) -> None:
    file = tmp_path / "some.jsonl"
    file.write_text("\n".join([json.dumps(GOOD, ensure_ascii=False), ""] * 12), encoding="utf-8")
    found = read_records(str(file), 0)
    assert len(found) == 12
    assert (found[0].keywords, found[0].label) == ("甲；乙", "3")
    assert invent_records(30) == invent_records(30)
    assert len({one.label for one in invent_records(30)}) == 24


@pytest.mark.parametrize(
    "bad", ["{", "[]", "{}", json.dumps(GOOD | {"title": None}), json.dumps(GOOD | {"keywords": 1})]
)
def test_a_bad_line_is_named_by_its_number(tmp_path: Path, bad: str) -> None:
    file = tmp_path / "some.jsonl"
    file.write_text("\n".join([json.dumps(GOOD)] * 20 + [bad]), encoding="utf-8")
    with pytest.raises(SystemExit, match="line 21"):
        read_records(str(file), 0)
    file.write_text(json.dumps(GOOD))
    with pytest.raises(SystemExit, match="too few"):
        read_records(str(file), 0)


def test_titles_find_their_texts_at_least_as_often_as_by_plain_bm25() -> None:
    records = invent_records(200)
    told = judge(records, [one.title for one in records], None)
    ours, peer = told.values()
    assert ours.within(1) >= peer.within(1) > 0.5
