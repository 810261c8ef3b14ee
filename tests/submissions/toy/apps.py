"""The toy room: a whole process that lives only in the tests."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from tests.submissions.toy.process import TOY
from xinghai.casework.navigation import register_worklist
from xinghai.kernel.navigation import Entry, register
from xinghai.submissions import process


class ToyConfig(AppConfig):
    name = "tests.submissions.toy"
    label = "toy"

    def ready(self) -> None:
        process.register(TOY)
        register_worklist(TOY, order=40)
        recommends = TOY.permission("recommend")
        entry = Entry(_("待推荐"), "toy:recommending", "send", recommends, order=32)
        register("applicant", entry)
