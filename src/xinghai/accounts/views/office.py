"""The bureau's desk: units to verify."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xinghai.accounts.city import known_districts
from xinghai.accounts.kinds import OrganisationKind
from xinghai.accounts.selectors import (
    administrators,
    similar_organisations,
    standing_of_unit,
    verification_queue,
    visible_organisations,
)
from xinghai.accounts.services import refuse_organisation, verify_organisation
from xinghai.accounts.states import ORGANISATION, PENDING
from xinghai.accounts.views.reading import person
from xinghai.kernel.events import history
from xinghai.kernel.views import page_of, requires
from xinghai.kernel.workflow import TransitionRefused, available

VERIFY = "accounts.verify_organisation"
ANY = "any"
VERBS = {
    "register": gettext_noop("登记"),
    "change": gettext_noop("修改资料"),
    "erase": gettext_noop("删除了记录中的个人信息"),
    "verify": gettext_noop("核实通过"),
    "refuse": gettext_noop("不通过核实"),
    "ask_again": gettext_noop("重新提交核实"),
    "change_identity": gettext_noop("修改名称或性质"),
    "invite_person": gettext_noop("邀请人员"),
    "merge": gettext_noop("并入其他单位"),
    "rename_department": gettext_noop("修改院系或部门名称"),
    "add_qualification": gettext_noop("登记资质"),
    "remove_qualification": gettext_noop("删去资质"),
    "recommend_for": gettext_noop("设定归口推荐关系"),
    "end_relation": gettext_noop("结束归口推荐关系"),
    "withdraw_relation": gettext_noop("取消归口推荐关系"),
}


@requires(VERIFY)
def list_organisations(request: HttpRequest) -> HttpResponse:
    """The queue, oldest first; the same list finds any unit."""
    asked = {name: request.GET.get(name, "") for name in ("kind", "district")}
    state, text = request.GET.get("state") or PENDING, request.GET.get("q", "")
    rows = verification_queue(state="" if state == ANY else state, text=text, **asked)
    states = [(one.name, one.label) for one in ORGANISATION.states]
    shown = {
        "page": page_of(rows, request.GET.get("page")),
        "state": state,
        "states": [*states, (ANY, _("全部"))],
        "search": text,
        "is_filtered": any([*asked.values(), text, state != PENDING]),
        "filters": [
            _filter("kind", _("单位性质"), OrganisationKind.choices, asked["kind"]),
            _filter(
                "district",
                _("所属区市县"),
                known_districts(),
                asked["district"],
            ),
        ],
    }
    return render(request, "accounts/office_organisations.html", shown)


def _filter(name: str, label: str, options: list[Any], value: str) -> dict[str, Any]:
    return {"name": name, "label": label, "options": options, "value": value}


@requires(VERIFY)
def show_organisation(request: HttpRequest, pk: int) -> HttpResponse:
    unit = get_object_or_404(visible_organisations(person(request)), pk=pk)
    shown = {
        "unit": unit,
        "seen": bytes(unit.event_head).hex(),
        "administrators": list(administrators(unit)),
        "similar": similar_organisations(unit),
        "history": [
            {"event": event, "words": _(VERBS.get(event.verb, event.verb))}
            for event in history(unit).select_related("actor")
        ],
        **standing_of_unit(unit),
        "may": {edge.name for edge in available(unit, person(request))},
    }
    return render(request, "accounts/office_organisation.html", shown)


@requires(VERIFY, methods=["POST"])
def verify(request: HttpRequest, pk: int) -> HttpResponse:
    unit = get_object_or_404(visible_organisations(person(request)), pk=pk)
    try:
        verify_organisation(unit, by=person(request), seen=request.POST.get("key"))
    except TransitionRefused as refused:
        messages.error(request, refused.reason)
        return redirect("accounts:office-organisation", pk)
    messages.success(request, _("“%(unit)s”已核实，单位管理员已收到通知。") % {"unit": unit.name})
    return redirect("accounts:office-organisations")


@requires(VERIFY, methods=["POST"])
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    unit = get_object_or_404(visible_organisations(person(request)), pk=pk)
    try:
        refuse_organisation(unit, by=person(request), reason=request.POST.get("reason", ""))
    except TransitionRefused as refused:
        messages.error(request, refused.reason)
        return redirect("accounts:office-organisation", pk)
    messages.success(request, _("已告知“%(unit)s”未通过核实的原因。") % {"unit": unit.name})
    return redirect("accounts:office-organisations")
