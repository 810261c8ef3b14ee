"""Forms of whoever returns a record to its author."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xinghai.submissions.services.remarks import LONGEST

REASON = 1_000
BESIDE = "on-"


def remarks_in(posted: Mapping[str, Any]) -> dict[str, str]:
    """Return the remarks written beside fields, by field id; their names begin with `on-`."""
    typed = {
        name.removeprefix(BESIDE): str(text)
        for name, text in posted.items()
        if name.startswith(BESIDE)
    }
    return {name: text for name, text in typed.items() if text.strip()}


class ReasonForm(forms.Form):
    """A step whose reason the author will read."""

    reason = forms.CharField(
        label=_("理由（填报人会看到）"),
        max_length=REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class UnitReturnForm(ReasonForm):
    """Back to the author: a reason, and remarks on fields."""

    def remarks(self) -> dict[str, str]:
        return remarks_in(self.data)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if any(len(text) > LONGEST for text in self.remarks().values()):
            self.add_error(None, _("每条意见最多 500 字，请精简。"))
        return cleaned
