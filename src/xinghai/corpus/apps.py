"""The corpus: the living index of texts; it knows no record but its key and who may see it."""

from django.apps import AppConfig


class CorpusConfig(AppConfig):
    name = "xinghai.corpus"
    label = "corpus"
