"""The addresses a process mounts, and a record with everything such an address can name."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.urls import get_resolver
from django.utils.module_loading import import_string

from tests.house.test_gates import addresses
from tests.submissions.contract.world import World
from xinghai.casework.models import SavedView
from xinghai.casework.services import colleagues, saved_views
from xinghai.submissions.models import Submission

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Mounted:
    """One address of a process: its route, the permission and the methods of its view."""

    route: str
    view: Callable[..., Any]

    @property
    def parameters(self) -> list[str]:
        return PARAMETER.findall(self.route)

    @property
    def method(self) -> str:
        return "GET" if "GET" in self.view.methods else "POST"  # type: ignore[attr-defined]

    @property
    def permission(self) -> str:
        return str(self.view.permission)  # type: ignore[attr-defined]

    def path(self, values: Mapping[str, Any]) -> str:
        """Return the address with a value for each of its parameters."""
        route = self.route
        for name in self.parameters:
            route = PARAMETER.sub(str(values[name]), route, count=1)
        return f"/{route}"


def mounted_of(world: World) -> Iterator[Mounted]:
    """Yield what the shared rooms mount; a process's own addresses are in the access matrix."""
    room, named = world.process.room, world.process.office_urls
    own = {one.callback for one in import_string(named)} if named else set()
    for route, view in addresses(get_resolver().url_patterns):
        is_here = route.startswith((f"my/{room}/", f"unit/{room}/", f"office/{room}/"))
        if is_here and view not in own:
            yield Mounted(route, view)


@dataclass
class Scene:
    """A record on its way, and everything an address can name beside it."""

    world: World
    record: Submission

    def path(self, page: Mounted) -> str:
        world, record = self.world, self.record
        values: dict[str, Any] = {
            "pk": self._named(page.route),
            "code": world.call.code,
            "receipt": record.receipts.values_list("pk", flat=True).get(),
            "version": 1,
            "file": uuid4(),
            "note": 1,
            "other": record.pk + 1,
            "label": 1,
            "table": "load",
            "action": world.case.keeps,
        }
        return page.path(values)

    def _named(self, route: str) -> int:
        if "batches/" in route:
            batch = self.record.receipts.get().batch_id
            return batch or self.world.endorse(self.world.at_unit()).pk
        if "views/" in route:
            return SavedView.objects.get(owner=self.world.officer).pk
        return self.record.pk


def scene_of(world: World) -> Scene:
    arrived = world.arrived()
    colleagues.write_note(arrived, "演示备注", by=world.officer)
    words = {"words": "tab=all", "place": "inbox"}
    saved_views.save_view("常看的", process=world.process, by=world.officer, **words)
    return Scene(world, arrived)
