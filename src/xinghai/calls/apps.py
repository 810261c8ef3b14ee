"""The calls room."""

from django.apps import AppConfig


class CallsConfig(AppConfig):
    name = "xinghai.calls"
    label = "calls"
