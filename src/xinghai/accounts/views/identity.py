"""A person's identity document: given once, shown masked, deleted on wish."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from xinghai.accounts.forms.own import IdentityForm
from xinghai.accounts.services import IdentityRefused, forget_identity, identify
from xinghai.accounts.views.reading import person
from xinghai.kernel.views import requires

USE = "accounts.use_profile"


@sensitive_post_parameters("id_number")
@requires(USE, methods=["GET", "POST"])
def identity(request: HttpRequest) -> HttpResponse:
    """Show the document with its number masked; a post gives one."""
    user, form = person(request), IdentityForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            identify(user, **form.facts())
        except IdentityRefused as refused:
            form.add_error("id_number", refused.reason)
        else:
            messages.success(request, _("已保存身份证件。"))
            return redirect("accounts:identity")
    shown = {"form": form, "known": user.person}
    answer = render(request, "accounts/identity.html", shown)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@requires(USE, methods=["POST"])
def forget(request: HttpRequest) -> HttpResponse:
    forget_identity(person(request))
    messages.success(request, _("已删除身份证件，平台不再保存号码。"))
    return redirect("accounts:identity")
