"""The suggestions room."""

from django.apps import AppConfig


class SuggestionsConfig(AppConfig):
    name = "xinghai.suggestions"
    label = "suggestions"
