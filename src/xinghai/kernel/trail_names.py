"""The name each recorded model has in the trail, whatever its class, app or table is called."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.core.exceptions import ImproperlyConfigured

_named: dict[str, Any] = {}


def register(model: Any) -> None:
    """Keep the model under its trail name.

    Raises ImproperlyConfigured when it has none, or one that is taken: its events would then be
    hashed as those of nobody, or of another record.
    """
    name = getattr(model, "trail_name", "")
    if not name:
        raise ImproperlyConfigured(
            f"{model._meta.label} is Recorded and needs a trail_name, one that never changes."
        )
    known = _named.setdefault(name, model)
    if known._meta.label != model._meta.label:
        raise ImproperlyConfigured(
            f"{known._meta.label} and {model._meta.label} are both called {name!r} in the trail."
        )


def recorded_models() -> Mapping[str, Any]:
    """Return all recorded models by their name in the trail."""
    return MappingProxyType(_named)
