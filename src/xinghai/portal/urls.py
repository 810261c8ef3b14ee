"""Addresses anybody may open."""

from django.urls import path

from xinghai.portal import views

public = [
    path("display/", views.display, name="display"),
    path("design/", views.design, name="design"),
    path("design/form/", views.design_form, name="design-form"),
]
