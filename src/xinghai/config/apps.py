"""The config room: settings, addresses, launcher and the `xinghai` command."""

from django.apps import AppConfig

from xinghai.config.translations import ensure_compiled


class ConfigConfig(AppConfig):
    name = "xinghai.config"
    label = "config"

    def ready(self) -> None:
        ensure_compiled()
