"""The toy room: a whole process that lives only in the tests."""

from django.apps import AppConfig

from tests.submissions.toy.process import TOY
from xinghai.casework.navigation import register_worklist
from xinghai.submissions import process


class ToyConfig(AppConfig):
    name = "tests.submissions.toy"
    label = "toy"

    def ready(self) -> None:
        process.register(TOY)
        register_worklist(TOY, order=40)
