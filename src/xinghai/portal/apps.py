"""The portal room."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "xinghai.portal"
    label = "portal"
