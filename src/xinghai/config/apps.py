"""The config room: settings, addresses, launcher and the `xinghai` command."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "xinghai.config"
    label = "config"
