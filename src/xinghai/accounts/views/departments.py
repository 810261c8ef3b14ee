"""The schools and departments of the own organisation: who is where, and one name for each."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from xinghai.accounts.selectors import counted_departments
from xinghai.accounts.services import DepartmentRefused, rename_department
from xinghai.accounts.views.reading import own_unit, person
from xinghai.kernel.views import requires

MANAGE = "accounts.manage_organisation"


@requires(MANAGE)
def listed(request: HttpRequest, pk: int) -> HttpResponse:
    """Every department with its people."""
    unit = own_unit(request, pk)
    found = counted_departments(unit)
    shown = {
        "unit": unit,
        "tab": "departments",
        "rows": [(one, f"rename-{one.pk}") for one in found],
        "departments": found,
    }
    return render(request, "accounts/unit_departments.html", shown)


@requires(MANAGE, methods=["POST"])
def rename(request: HttpRequest, pk: int, department: int) -> HttpResponse:
    """Write a department differently; the name of another one puts the two together."""
    found = get_object_or_404(own_unit(request, pk).departments, pk=department)
    former = found.name
    try:
        now = rename_department(found, request.POST.get("name", ""), by=person(request))
    except DepartmentRefused as refused:
        messages.error(request, refused.reason)
    else:
        facts = {"former": former, "now": now}
        messages.success(request, _("“%(former)s”现在是“%(now)s”。") % facts)
    return redirect(reverse("accounts:unit-departments", args=[pk]))
