"""Every process is declared completely, held by the database, and no shared room knows one."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import rules
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.urls import get_resolver
from django.utils.module_loading import import_string
from rules.permissions import permissions

from tests.house.test_gates import addresses
from tests.submissions.toy.process import TOY
from xinghai.calls.checking import check_definition
from xinghai.casework.decisions import STANDARD_DECISIONS, Decision
from xinghai.casework.worklists import Worklist, worklist_of
from xinghai.kernel.processes import Phase, State, Transition, Workflow
from xinghai.kernel.views import PUBLIC, SIGNED_IN
from xinghai.submissions import constraints, process
from xinghai.submissions.checking import check_processes, faults_of
from xinghai.submissions.extensions import registrations
from xinghai.submissions.messages import notifications_of
from xinghai.submissions.process import Notification, Process, every_process

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "xinghai"
SHARED = ("submissions", "casework", "duplicates")
HERE = re.compile(r"test_processes\.py:\d+")

processes = pytest.mark.parametrize("one", every_process(), ids=lambda one: one.key)


# What the database holds.


@processes
def test_its_table_has_the_standard_constraints_indexes_and_guards(one: Process) -> None:
    meta = one.records._meta
    wanted = {
        "constraints": {each.name for each in constraints.standard_constraints(one.workflow)},
        "indexes": {each.name for each in constraints.standard_indexes(one.workflow)},
        "triggers": {each.name for each in constraints.standard_triggers(one)},
    }
    found = {
        "constraints": {each.name for each in meta.constraints},
        "indexes": {each.name for each in meta.indexes},
        "triggers": {each.name for each in meta.triggers},
    }
    assert {name: wanted[name] - found[name] for name in wanted} == {
        "constraints": set(),
        "indexes": set(),
        "triggers": set(),
    }


@processes
@pytest.mark.django_db
def test_the_database_has_them_too(one: Process) -> None:
    table = one.records._meta.db_table
    with connection.cursor() as cursor:
        known = set(connection.introspection.get_constraints(cursor, table))
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass", [table])
        triggers = {name for (name,) in cursor.fetchall()}
    wanted = {each.name for each in constraints.standard_constraints(one.workflow)}
    wanted |= {each.name for each in constraints.standard_indexes(one.workflow)}
    assert wanted - known == set()
    for name in ("state_guard", "belongs_to_its_process"):
        assert any(name in each for each in triggers), name


# What people are told, and who may do what.


@processes
def test_no_edge_is_silent(one: Process) -> None:
    silent = [
        edge.name for edge in one.workflow.transitions if not notifications_of(one, edge.name)
    ]
    assert silent == []


@processes
def test_every_edge_tells_the_author(one: Process) -> None:
    """Of what a person does to the record; what the platform does itself it may tell others."""
    silent = {
        edge.name
        for edge in one.workflow.transitions
        if not edge.automatic
        and not any("author" in each.audiences for each in notifications_of(one, edge.name))
    }
    assert silent == set()


def test_every_permission_a_view_or_an_edge_names_has_a_sentence() -> None:
    named = {
        getattr(view, "permission", "") for _route, view in addresses(get_resolver().url_patterns)
    }
    named |= {edge.permission for one in every_process() for edge in one.workflow.transitions}
    named -= {"", PUBLIC, SIGNED_IN}
    assert [name for name in sorted(named) if not rules.perm_exists(name)] == []


@processes
def test_every_phase_a_state_stands_in_leads_to_an_end(one: Process) -> None:
    assert one.states(Phase.WRITING) == (one.workflow.initial,)
    assert any(state.final for state in one.workflow.states if state.phase == Phase.DECIDED)


@processes
def test_every_decision_has_its_words(one: Process) -> None:
    lacking = [
        each.action
        for each in worklist_of(one).decision_by_action.values()
        if not str(each.label) or not str(each.consequence) or (each.key and len(each.key) != 1)
    ]
    assert lacking == []


def test_what_rooms_add_to_pages_of_rooms_below_is_known_and_there() -> None:
    found = registrations()
    assert set(found) == {"preview:near"}
    assert all(callable(import_string(name)) for name in found.values())


# The shared rooms know no process.


def shared_files() -> list[Path]:
    found = [path for room in SHARED for path in (PACKAGE / room).rglob("*.py")]
    found += [path for room in SHARED for path in (PACKAGE / "templates" / room).rglob("*.html")]
    # What a migration has called an old name is history.
    return [path for path in found if "migrations" not in path.parts]


def own_states() -> set[str]:
    """States a process has beyond the standard line."""
    shared = import_string("xinghai.submissions.states")
    standard = {value for name, value in vars(shared).items() if name.isupper()}
    names = {state.name for one in every_process() for state in one.workflow.states}
    return names - {one for one in standard if isinstance(one, str)}


def knowing(text: str, path: Path) -> list[str]:
    """Return the words in a file by which it would know one process."""
    words = {
        r"\bsuggestions?\b",
        "建议",
        *(rf"[\"']{name}[\"']" for name in own_states()),
    }
    # The trail's names are frozen for ever, whatever the rooms are called.
    text = re.sub(r"trail_name = \"[^\"]+\"", "", text)
    # The triage proposes (建议) an office: here the word is no noun.
    text = text.replace("按建议的处室", "").replace("（建议）", "")
    return [found.group() for word in sorted(words) for found in re.finditer(word, text, re.I)]


def test_no_shared_room_names_a_process_its_noun_or_its_states() -> None:
    found = {
        path.relative_to(PACKAGE).as_posix(): words
        for path in shared_files()
        if (words := knowing(path.read_text(), path))
    }
    assert found == {}


@pytest.mark.parametrize(
    "text",
    ["from xinghai.suggestions import x", "“这条建议”", "if state == 'pooled':", '"admitted"'],
)
def test_the_search_finds_each_way_of_knowing(text: str) -> None:
    assert knowing(text, PACKAGE)


# Declared wrongly.

END = State("end", "完", "完", "good", final=True, phase=Phase.DECIDED)
DRAFT = State("draft", "稿", "稿", "quiet", phase=Phase.WRITING)
GO = Transition("go", "走", ("draft",), "end", "toy.submit")


def workflow(*edges: Transition, states: tuple[State, ...] = (DRAFT, END)) -> Workflow:
    return Workflow("wrong", "draft", states, edges or (GO,))


class OnNothing(Decision):
    action, edges, label, consequence = "nothing", ("no_such_edge",), "办", "没有这一步"


BODY_STATES = (DRAFT, replace(DRAFT, name="body", phase=Phase.RECOMMENDING), END)
TO_A_BODY = (
    replace(GO, name="submit", to_state="body"),
    replace(GO, from_states=("body",)),
)
WORDS = (Notification(("author",), "x", "y"),)
AT_ONCE: dict[str, tuple[Callable[[], Any], str]] = {
    "unknown state": (
        lambda: workflow(replace(GO, to_state="nowhere")),
        "unknown states ['nowhere']",
    ),
    "dead end": (
        lambda: workflow(GO, states=(DRAFT, replace(END, final=False))),
        "end must end or lead on",
    ),
    "state without phase": (
        lambda: replace_toy(workflow=workflow(GO, states=(replace(DRAFT, phase=None), END))),
        "states without a phase: ['draft']",
    ),
    "message of an unknown edge": (
        lambda: replace_toy(messages={**TOY.messages, "no_such_edge": WORDS}),
        "messages of unknown edges: ['no_such_edge']",
    ),
    "an edge to a recommending body with the bureau's words": (
        lambda: replace_toy(messages={}, workflow=workflow(*TO_A_BODY, states=BODY_STATES)),
        "the words of ['submit'] say that the bureau has received it",
    ),
    "decision on an unknown edge": (
        lambda: Worklist(process=TOY, decisions=(OnNothing,)),
        "decisions of unknown edges: ['no_such_edge']",
    ),
    "key of two decisions": (
        lambda: Worklist(process=TOY, decisions=(*STANDARD_DECISIONS, STANDARD_DECISIONS[0])),
        "actions that stand twice: ['take-up']",
    ),
    "process registered twice": (
        lambda: process.register(replace_toy(room="other", model="other.Model")),
        "key of 'toy' belongs to the process declared at",
    ),
}


def replace_toy(**changes: Any) -> Process:
    facts = {name: getattr(TOY, name) for name in ("key", "room", "model", "workflow", "noun")}
    facts |= {"messages": TOY.messages, "worklist": TOY.worklist}
    return Process(**{**facts, **changes})


@pytest.mark.parametrize("fault", sorted(AT_ONCE))
def test_a_wrong_declaration_is_refused_where_it_stands(fault: str) -> None:
    declare, words = AT_ONCE[fault]
    with pytest.raises(ImproperlyConfigured) as refused:
        declare()
    assert words in str(refused.value)
    assert HERE.search(str(refused.value)), "the message names the file and the line"


def test_a_permission_without_a_sentence_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    check_processes()
    monkeypatch.delitem(permissions, "toy.recommend")
    with pytest.raises(ImproperlyConfigured, match=r"toy/process\.py:\d+.*toy\.recommend"):
        check_processes()


def test_an_edge_that_tells_nobody_stops_the_start() -> None:
    silent = replace_toy(messages={})
    assert any("edges that tell nobody: ['admit', 'refuse']" in one for one in faults_of(silent))


def test_a_worklist_of_another_process_stops_the_start() -> None:
    borrowed = replace(TOY, worklist="xinghai.suggestions.desk.DESK")
    assert any("is of another process" in one for one in faults_of(borrowed))


def test_a_form_without_title_is_named_with_file_and_line(tmp_path: Path) -> None:
    toy = Path(__file__).parents[1] / "submissions" / "toy"
    call = tmp_path / "call.toml"
    call.write_text((toy / "call.toml").read_text())
    form = (toy / "form.toml").read_text().replace('title = "演示申报表"\n', "", 1)
    (tmp_path / "form.toml").write_text(form)
    found = [str(one) for one in check_definition(call) if one.severity == "error"]
    assert any(re.match(r"form\.toml:\d+: error: .*title", one) for one in found), found


def test_the_toys_own_call_is_sound() -> None:
    toy = Path(__file__).parents[1] / "submissions" / "toy" / "call.toml"
    assert [str(one) for one in check_definition(toy) if one.severity == "error"] == []
