"""The trail names records by names that never change."""

from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured

from xinghai.kernel import trail_names
from xinghai.kernel.models import Recorded
from xinghai.suggestions.models import Suggestion


def test_every_recorded_model_has_its_name() -> None:
    """Frozen: a name here is in the hashes of stored events. Add a line, never change one."""
    named = {name: model.__name__ for name, model in trail_names.recorded_models().items()}
    named.pop("toy.pilot_entry")  # The toy process of the tests.
    assert named == {
        "accounts.membership": "Membership",
        "accounts.organisation": "Organisation",
        "accounts.user": "User",
        "calls.call": "Call",
        "calls.question": "Question",
        "suggestions.partner": "Partner",
        "suggestions.suggestion": "Suggestion",
    }


def _model(label: str, **facts: str) -> SimpleNamespace:
    return SimpleNamespace(_meta=SimpleNamespace(label=label), **facts)


def test_a_model_without_a_name_stops_the_start() -> None:
    with pytest.raises(ImproperlyConfigured, match=r"kernel\.Nameless .* needs a trail_name"):

        class Nameless(Recorded):
            class Meta:
                app_label = "kernel"

    assert "nameless" not in apps.all_models["kernel"]


def test_a_name_that_is_taken_stops_the_start() -> None:
    with pytest.raises(ImproperlyConfigured, match=r"suggestions\.Suggestion and toys\.Toy"):
        trail_names.register(_model("toys.Toy", trail_name="suggestions.suggestion"))
    assert trail_names.recorded_models()["suggestions.suggestion"] is Suggestion
