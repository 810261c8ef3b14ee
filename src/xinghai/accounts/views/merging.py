"""The planning office puts a unit into another one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from xinghai.accounts.forms.merging import MergeForm
from xinghai.accounts.selectors import people_of, visible_organisations
from xinghai.accounts.services import MergeRefused, merge_organisation
from xinghai.accounts.states import CONFIRMED
from xinghai.accounts.views.reading import person
from xinghai.kernel.views import requires
from xinghai.kernel.workflow import TransitionRefused, available


@requires("accounts.verify_organisation", methods=["GET", "POST"])
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """What becomes of people and records, and the form; it cannot be undone, and says so."""
    user = person(request)
    unit = get_object_or_404(visible_organisations(user), pk=pk)
    if not any(edge.name == "merge" for edge in available(unit, user)):
        return redirect("accounts:office-organisation", pk)
    form = MergeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            into = merge_organisation(unit, **form.cleaned_data, by=user)
        except (MergeRefused, TransitionRefused) as refused:
            form.add_error(None, refused.reason)
        else:
            names = {"unit": unit.name, "into": into.name}
            messages.success(request, _("“%(unit)s”已并入“%(into)s”，双方已收到通知。") % names)
            return redirect("accounts:office-organisation", into.pk)
    people = people_of(unit).filter(state=CONFIRMED).count()
    shown = {"unit": unit, "form": form, "people": people}
    return render(request, "accounts/office_merge.html", shown)
