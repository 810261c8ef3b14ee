"""Addresses of the whole house, by audience."""

from django.urls import include, path

from xinghai.kernel import urls as kernel

urlpatterns = [
    path("my/", include(kernel.my)),
]
