"""Whether an uploaded file can be taken: the content decides, the name must agree.

`glance` answers at once and from the first bytes. `look_into` reads the whole file in a process
of its own, with bounds on time and memory: readers of foreign formats are where a server breaks.
"""

import subprocess
import sys
from pathlib import Path

import filetype
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinghai.kernel.file_checks.verdicts import (
    ACTIVE,
    BROKEN,
    CLEAN,
    DISGUISED,
    DOCX,
    EMBEDDED,
    HUGE,
    JPEG,
    LOCKED,
    MACROS,
    OUTSIDE,
    PDF,
    PNG,
    VERDICTS,
    XLSX,
)

TYPE_OF_SUFFIX = {"pdf": PDF, "docx": DOCX, "xlsx": XLSX, "png": PNG, "jpg": JPEG, "jpeg": JPEG}
ZIP_TYPES = {DOCX, XLSX}
MOST_SECONDS = 30
SOURCE = Path(__file__).parents[2]
WORDS = {
    BROKEN: gettext_lazy("“%(name)s”已损坏，无法打开。请重新保存后再传。"),
    LOCKED: gettext_lazy("“%(name)s”有密码。请去掉密码后再传。"),
    HUGE: gettext_lazy("“%(name)s”里的内容异常多，无法检查。请转为普通 PDF 或拆分后再传。"),
    MACROS: gettext_lazy("“%(name)s”里有宏或控件。请去掉后再传，或转为 PDF。"),
    ACTIVE: gettext_lazy("“%(name)s”里有脚本、表单动作或多媒体。请另存为普通 PDF 后再传。"),
    EMBEDDED: gettext_lazy("“%(name)s”里嵌有别的文件或对象（如公式对象）。请转为 PDF 后再传。"),
    OUTSIDE: gettext_lazy("“%(name)s”引用了外部的文件或地址。请断开链接后再传，或转为 PDF。"),
    DISGUISED: gettext_lazy("“%(name)s”的内容与后缀不符，请检查后缀或重新导出。"),
}


class FileRefused(Exception):
    """The file cannot be taken; `reason` names the file and the remedy."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def glance(name: str, content: bytes) -> str:
    """Return the content type a file of this name and beginning has, or raise FileRefused.

    Permitted: PDF, Word and Excel of the XML kind, PNG, JPEG.
    """
    suffix = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    expected = TYPE_OF_SUFFIX.get(suffix)
    if expected is None:
        raise FileRefused(
            _("“%(name)s”的格式不能接收。请转为 PDF、Word（docx）、Excel（xlsx）、PNG 或 JPG。")
            % {"name": name}
        )
    guess = filetype.guess(content)
    wanted = {expected, "application/zip"} if expected in ZIP_TYPES else {expected}
    if guess is None or guess.mime not in wanted:
        raise FileRefused(reason_for(DISGUISED, name))
    return expected


def look_into(content_type: str, content: bytes) -> str:
    """Return the verdict of the check of the whole content (`file_checks.verdicts`)."""
    try:
        checked = subprocess.run(
            [sys.executable, "-P", "-m", "xinghai.kernel.file_checks", content_type],
            input=content,
            capture_output=True,
            timeout=MOST_SECONDS,
            env={"PYTHONPATH": str(SOURCE)},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return HUGE
    verdict = checked.stdout.decode(errors="replace").strip()
    # It was ended for its time or memory, or never said anything.
    return verdict if verdict in VERDICTS else HUGE


def reason_for(verdict: str, name: str) -> str:
    """Say why a file is refused and what helps; "" for one that is clean."""
    return "" if verdict == CLEAN else str(WORDS[verdict]) % {"name": name}
