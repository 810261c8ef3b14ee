"""What the form engine says, in both languages at once.

A report is stored, mailed and shown to people of different languages, so a
message keeps its Chinese and its English side by side instead of being
translated for whoever happened to ask first.
"""

from dataclasses import dataclass
from string import Formatter
from typing import Any


@dataclass(frozen=True, slots=True)
class Text:
    zh: str
    en: str

    def fill(self, **values: Any) -> "Text":
        chinese = {name: _side(value, "zh") for name, value in values.items()}
        english = {name: _side(value, "en") for name, value in values.items()}
        return Text(_filled(self.zh, chinese), _filled(self.en, english))

    def say(self, language: str) -> str:
        return self.en if language.startswith("en") and self.en else self.zh


def _side(value: Any, side: str) -> str:
    return str(getattr(value, side)) if isinstance(value, Text) else str(value)


def _filled(pattern: str, values: dict[str, str]) -> str:
    """A name the message does not know stays visible instead of raising in front of a person."""
    parts = []
    for literal, name, _spec, _conversion in Formatter().parse(pattern):
        parts.append(literal)
        if name is not None:
            parts.append(values.get(name, "{" + name + "}"))
    return "".join(parts)


MISSING = Text("请填写“{label}”。", "Please fill in “{label}”.")
MISSING_CHOICE = Text("请选择“{label}”。", "Please choose “{label}”.")
MISSING_FILE = Text("请上传“{label}”。", "Please upload “{label}”.")
MISSING_COMMITMENT = Text("请阅读并勾选“{label}”。", "Please read and tick “{label}”.")
TOO_SHORT = Text(
    "现有 {count} 字，请写到 {limit} 字以上。", "{count} characters now; at least {limit}."
)
TOO_LONG = Text(
    "现有 {count} 字，请精简到 {limit} 字以内。", "{count} characters now; at most {limit}."
)
WRONG_SHAPE = Text(
    "格式不对，请按示例填写：{example}", "Not the expected form; for example: {example}"
)
NOT_A_NUMBER = Text("“{value}”不是数字，请改为数字。", "“{value}” is not a number; enter a number.")
NOT_WHOLE = Text("“{value}”不是整数，请改为整数。", "“{value}” is not a whole number.")
TOO_SMALL = Text("不能小于 {limit}{unit}。", "Must be at least {limit}{unit}.")
TOO_LARGE = Text("不能大于 {limit}{unit}。", "Must be at most {limit}{unit}.")
NOT_ABOVE = Text("必须大于 {limit}{unit}。", "Must be more than {limit}{unit}.")
TOO_FINE = Text("最多保留 {places} 位小数。", "At most {places} decimal places.")
RATHER_GIVEN = Text("建议填写“{label}”。", "Better give “{label}” too.")
RATHER_LONGER = Text(
    "现有 {count} 字，建议写到 {limit} 字以上。", "{count} characters; {limit} would say more."
)
RATHER_MORE = Text(
    "现有 {count} 项，建议 {limit} 项以上。", "{count} now; {limit} would be better."
)
NOT_A_DATE = Text(
    "“{value}”不是有效日期，请写成 2024-02-29 这样。",
    "“{value}” is not a date; write it like 2024-02-29.",
)
DATES_REVERSED = Text("结束日期早于开始日期。", "The end is before the start.")
HALF_A_RANGE = Text("请同时填写开始和结束日期。", "Give both the start and the end.")
NOT_A_MOBILE = Text(
    "“{value}”不是 11 位手机号码，请核对。", "“{value}” is not an 11-digit mobile number."
)
NOT_AN_EMAIL = Text("“{value}”不是有效的电子邮箱，请核对。", "“{value}” is not an e-mail address.")
NOT_AN_OPTION = Text(
    "“{value}”不在可选范围内，请重新选择。", "“{value}” is not one of the choices."
)
NOT_A_CHOICE = Text("内容无法识别，请重新选择。", "This cannot be read; choose again.")
TOO_FEW = Text("现有 {count} 项，至少 {limit} 项。", "{count} now; at least {limit}.")
TOO_MANY = Text("现有 {count} 项，最多 {limit} 项。", "{count} now; at most {limit}.")
ROWS_FEW = Text("现有 {count} 行，至少 {limit} 行。", "{count} rows now; at least {limit}.")
ROWS_MANY = Text("现有 {count} 行，最多 {limit} 行。", "{count} rows now; at most {limit}.")
ITEM_TOO_LONG = Text("“{value}”超过 {limit} 字。", "“{value}” has more than {limit} characters.")
REPEATED = Text("“{value}”重复了，请删去一个。", "“{value}” appears twice; remove one.")
FILE_UNKNOWN = Text(
    "找不到已上传的文件，请重新上传。", "The uploaded file is missing; upload it again."
)
FILE_TYPE = Text(
    "“{name}”的类型不接受，请上传 {accept}。", "“{name}” is not accepted; upload {accept}."
)
FILE_LARGE = Text("“{name}”超过 {limit} MB。", "“{name}” is larger than {limit} MB.")
NOT_A_LEVEL = Text(
    "技术就绪度为 1 至 9 级，请重新选择。", "A readiness level is 1 to 9; choose again."
)
HALF_A_PAIR = Text("请同时选择起点和终点等级。", "Choose both the first and the last level.")
YES = Text("是", "Yes")
NO = Text("否", "No")
COMMITTED = Text("已承诺", "Committed")
NOT_COMMITTED = Text("未承诺", "Not committed")
