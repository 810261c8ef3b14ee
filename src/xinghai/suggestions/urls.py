"""Addresses of the suggestions, by audience; `config.urls` puts each list under its prefix."""

from django.urls import URLPattern

public: list[URLPattern] = []

my: list[URLPattern] = []

unit: list[URLPattern] = []

office: list[URLPattern] = []
