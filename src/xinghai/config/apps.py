"""The config room: settings, addresses, launcher and the `xinghai` command."""

from django.apps import AppConfig
from django.utils.module_loading import import_string

from xinghai.config.translations import ensure_compiled


class ConfigConfig(AppConfig):
    name = "xinghai.config"
    label = "config"

    def ready(self) -> None:
        """The last room of all: whatever processes there are, they are declared by now."""
        ensure_compiled()
        # Named, not imported: it knows models, which are not there when this file is read.
        import_string("xinghai.submissions.checking.check_processes")()
