"""The qualifications of the own organisation: which titles it holds, since when, until when."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from xinghai.accounts.forms.own import QualificationForm
from xinghai.accounts.services import (
    QualificationRefused,
    add_qualification,
    remove_qualification,
)
from xinghai.accounts.views.reading import own_unit, person
from xinghai.kernel.clock import city_today
from xinghai.kernel.views import requires

MANAGE = "accounts.manage_organisation"


@requires(MANAGE, methods=["GET", "POST"])
def listed(request: HttpRequest, pk: int) -> HttpResponse:
    """Every title with its days and whether it holds today; a post writes one down."""
    unit, form = own_unit(request, pk), QualificationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_qualification(unit, **form.cleaned_data, by=person(request))
        except QualificationRefused as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, _("资质已登记。"))
            return redirect(reverse("accounts:unit-qualifications", args=[pk]))
    today = city_today()
    shown = {
        "unit": unit,
        "tab": "qualifications",
        "form": form,
        "rows": [
            (one, one.holds_on(today), f"remove-{one.pk}")
            for one in unit.qualifications.select_related("kind")
        ],
    }
    return render(request, "accounts/unit_qualifications.html", shown)


@requires(MANAGE, methods=["POST"])
def remove(request: HttpRequest, pk: int, qualification: int) -> HttpResponse:
    """Take back a title written down by mistake."""
    unit = own_unit(request, pk)
    remove_qualification(
        get_object_or_404(unit.qualifications, pk=qualification), by=person(request)
    )
    messages.success(request, _("已删去这条资质。"))
    return redirect(reverse("accounts:unit-qualifications", args=[pk]))
