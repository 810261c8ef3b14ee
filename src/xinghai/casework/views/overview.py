"""Planning's and leaders' pages: the overview, what is being written, and tables as files."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from xinghai.accounts.city import known_districts
from xinghai.accounts.views.reading import person
from xinghai.casework import aggregates as figures
from xinghai.casework.overview.page import make_overview
from xinghai.casework.overview.scope import CROSSED, Scope, dimension, read_scope
from xinghai.casework.overview.unfinished import STILL
from xinghai.casework.selectors import received
from xinghai.casework.worklists import worklist_of
from xinghai.kernel.clock import database_now
from xinghai.kernel.humanize import localized, localized_column
from xinghai.kernel.request_data import NONE, is_number
from xinghai.kernel.spreadsheets import csv_answer
from xinghai.kernel.views import page_of
from xinghai.submissions.filters import ALL, ListContext
from xinghai.submissions.models import Submission
from xinghai.submissions.mounting import of_process, show
from xinghai.submissions.process import Process
from xinghai.submissions.search import find_in_bureau

SEE = "see_overview"
MOST_ROWS = 20_000
CHUNK = 1000


@of_process(SEE)
def overview(request: HttpRequest, process: Process) -> HttpResponse:
    """One page of numbers that are sentences; each opens its rows."""
    scope = read_scope(process, request.GET)
    if scope is None:
        return show(request, process, "overview/page.html", {"overview": None})
    shown = {
        "overview": make_overview(scope, person(request)),
        "scope": scope,
        "sides": [(name, dimension(name).label) for name in CROSSED],
        "query": f"?{urlencode({**scope.words, 'rows': scope.down, 'columns': scope.across})}",
    }
    return show(request, process, "overview/page.html", shown)


@of_process(SEE)
def table_file(request: HttpRequest, process: Process, table: str) -> StreamingHttpResponse:
    """One table of the overview in the same scope."""
    scope = _scope_or_404(request, process)
    tables = make_overview(scope, person(request)).tables
    if table not in tables:
        raise Http404
    header = [str(column.label) for column in tables[table].columns]
    return csv_answer(f"{scope.call.code}-{table}", header, tables[table].plain())


def _scope_or_404(request: HttpRequest, process: Process) -> Scope:
    scope = read_scope(process, request.GET)
    if scope is None:
        raise Http404
    return scope


@of_process(SEE)
def unfinished(request: HttpRequest, process: Process) -> HttpResponse:
    """What is being written for a call: unit, type and last touch, never title or text."""
    scope, words = _scope_or_404(request, process), _asked(request)
    page = page_of(_unfinished_rows(scope, words), request.GET.get("page"))
    shown = {
        "scope": scope,
        "page": page,
        "rows": [_unfinished_row(process, row) for row in page],
        "still": words["still"],
        "choices": STILL,
    }
    return show(request, process, "overview/unfinished.html", shown)


@of_process(SEE)
def unfinished_file(request: HttpRequest, process: Process) -> StreamingHttpResponse:
    scope = _scope_or_404(request, process)
    header = [_("单位"), _("区市县"), _("类型"), _("进展"), _("最近一次改动")]
    lines = _lines(
        _unfinished_rows(scope, _asked(request)),
        lambda row: [*_unfinished_row(process, row).values()],
    )
    return csv_answer(f"{scope.call.code}-unfinished", header, lines)


def _asked(request: HttpRequest) -> dict[str, str]:
    """The words of the address this page knows; the others are ignored."""
    category, district = request.GET.get("category", ""), request.GET.get("district", "")
    still = request.GET.get("still", "")
    return {
        "category": category if is_number(category) else "",
        "district": district if district in {NONE, *dict(known_districts())} else "",
        "still": still if still in STILL else "",
    }


def _unfinished_rows(scope: Scope, words: dict[str, str]) -> Any:
    still = words["still"]
    before = scope.now - timedelta(days=int(still)) if still else None
    return figures.unfinished(
        scope.process,
        scope.call,
        before=before,
        category=words["category"],
        district=words["district"],
    )


def _unfinished_row(process: Process, row: dict[str, Any]) -> dict[str, Any]:
    return {
        "unit": row["organisation__name"] or _("还没有选单位"),
        "district": localized_column(row, "organisation__district__name"),
        "type": localized_column(row, "category__name"),
        "state": str(process.workflow.state_by_name[row["state"]].label),
        "touched": row["saved_at"],
    }


@of_process("work_in_bureau")
def rows_file(request: HttpRequest, process: Process) -> StreamingHttpResponse:
    """The rows of the list of everything under its filters, as far as this person sees them."""
    criteria, reader = worklist_of(process).filter_set.read(request.GET, tab=ALL), person(request)
    context = ListContext(
        reader=reader,
        now=database_now(),
        rows=received(reader, process),
        found=find_in_bureau(process, criteria.text, reader).order,
    )
    rows = criteria.narrow(context)
    header = [
        *(_("编号"), _("名称"), _("单位"), _("区市县"), _("类型"), _("领域"), _("处室")),
        *(_("状态"), _("收到时间"), _("进入现状态的时间"), _("修改期限"), _("金额（元）")),
    ]
    named = ("assigned_category", "assigned_domain", "office", "organisation__district")
    chosen = rows.select_related(None).select_related(*named).only(*ROW_COLUMNS)
    return csv_answer(_("%(noun)s清单") % {"noun": process.noun.one}, header, _lines(chosen, _line))


ROW_COLUMNS = (
    *("number", "title", "state", "submitted_at", "state_since", "due_on", "amount"),
    *("organisation__name", "organisation__district__name", "organisation__district__name_en"),
    *("office__name", "office__name_en"),
    *("assigned_category__name", "assigned_category__name_en"),
    *("assigned_domain__name", "assigned_domain__name_en"),
)


def _lines(rows: Any, line: Callable[[Any], list[Any]]) -> Iterator[list[Any]]:
    """Yield line by line, so that a long list is never in memory; the last line names a cut."""
    for place, one in enumerate(rows[: MOST_ROWS + 1].iterator(chunk_size=CHUNK)):
        if place == MOST_ROWS:
            yield [_("只导出前 %(count)s 条，请缩小范围再导出。") % {"count": MOST_ROWS}]
            return
        yield line(one)


def _line(one: Submission) -> list[Any]:
    unit: Any = one.organisation
    return [
        one.number,
        one.title,
        unit.name if unit else "",
        localized(unit.district) if unit else "",
        localized(one.assigned_category),
        localized(one.assigned_domain),
        localized(one.office),
        str(one.shown_state.label),
        one.submitted_at,
        one.state_since,
        one.due_on,
        one.amount,
    ]
