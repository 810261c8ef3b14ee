"""The submissions room: what every process of the programme shares while people fill in."""

from django.apps import AppConfig


class SubmissionsConfig(AppConfig):
    name = "xinghai.submissions"
    label = "submissions"
