"""What a receipt hashes is what it hashed when the guide table was stored by itself."""

from typing import Any

from xinghai.calls.models import CallForm
from xinghai.kernel.forms import add_table
from xinghai.kernel.hashing import content_hash
from xinghai.submissions.receipts import receipt_hash, receipted_content
from xinghai.suggestions.models import Suggestion

FORM: dict[str, Any] = {
    "id": "f-1",
    "title": "征集表",
    "profile": "strict",
    "sections": [
        {
            "id": "unit",
            "title": "单位",
            "fields": [{"id": "title", "kind": "text", "label": "名称"}],
        },
        {
            "id": "part",
            "title": "合作方",
            "side": "partner",
            "fields": [{"id": "need", "kind": "textarea", "label": "需求"}],
        },
    ],
    "checks": [
        {
            "check": "no_unit_name",
            "field": "title",
            "message": "不行",
            "message_en": "No",
            "source": "测试",
        }
    ],
}
GUIDE: dict[str, Any] = {
    "id": "f-guide",
    "title": "指南凝练信息表",
    "title_en": "Guide table",
    "source": "测试",
    "profile": "strict",
    "sections": [
        {
            "id": "guide",
            "title": "指南方向",
            "fields": [
                {"id": "nj_title", "kind": "text", "label": "方向", "prefill_from": "title"}
            ],
        }
    ],
}
# Computed with the code that stored the two tables apart, from the same forms and answers.
HASH_OF_TWO_TABLES = "3ee029bb9d5953f9e010496aa9910c5d58ac58f7748931843336ad2400d9c81f"


def suggestion(**answers: str) -> Suggestion:
    joined = add_table(FORM, GUIDE, table="guide")
    known = {"title": "演示名称", "nj_title": "演示方向", "need": "合作方的需求", "gone": 1}
    form = CallForm(key="f-1", definition=joined, definition_hash=content_hash(joined))
    return Suggestion(number="2024-00007", version=3, form=form, answers={**known, **answers})


def test_a_receipt_of_the_time_of_two_tables_still_verifies() -> None:
    assert receipt_hash(suggestion()) == HASH_OF_TWO_TABLES


def test_a_receipt_covers_every_table() -> None:
    assert receipt_hash(suggestion(nj_title="另一个方向")) != HASH_OF_TWO_TABLES
    assert receipt_hash(suggestion(title="另一个名称")) != HASH_OF_TWO_TABLES


def test_the_content_of_a_receipt_keeps_the_tables_apart() -> None:
    assert receipted_content(suggestion()) == {
        "number": "2024-00007",
        "version": 3,
        "form": content_hash(FORM),
        "guide_form": content_hash(GUIDE),
        "answers": {"title": "演示名称", "need": "合作方的需求", "gone": 1},
        "guide": {"nj_title": "演示方向"},
    }
