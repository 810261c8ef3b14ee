"""The duplicates room: what is like a submission, and what was decided about two."""

from django.apps import AppConfig

from xinghai.submissions.extensions import add_to_preview


class DuplicatesConfig(AppConfig):
    name = "xinghai.duplicates"
    label = "duplicates"

    def ready(self) -> None:
        add_to_preview("near", "xinghai.duplicates.hints.of_preview")
