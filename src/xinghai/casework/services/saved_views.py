"""The filters of a list kept under a name, for oneself or for the office."""

import unicodedata

import rules
from django.db import transaction
from django.utils.translation import gettext as _

from xinghai.accounts.models import User
from xinghai.casework.models import INBOX, LONGEST_NAME, LONGEST_WORDS, SavedView
from xinghai.kernel.clock import database_now
from xinghai.kernel.workflow import NotAllowed
from xinghai.submissions.exceptions import Refused
from xinghai.submissions.process import Process, process_named

MOST_VIEWS = 12


@transaction.atomic
def save_view(
    name: str, *, process: Process, words: str, place: str, by: User, is_shared: bool = False
) -> bool:
    """Keep filters under a name; an own view of that name is replaced. Return whether one was."""
    name = _fitting(name)
    if len(words) > LONGEST_WORDS:
        raise Refused(_("条件太多，存不下，请去掉几个再保存。"))
    # The person's row is locked, so that two windows cannot pass the limit together.
    User.objects.select_for_update().get(pk=by.pk)
    own = SavedView.objects.filter(owner=by, process=process.key)
    known = own.filter(place=place, name=name).first()
    if known is None and own.count() >= MOST_VIEWS:
        raise Refused(_("每人最多保存 %(most)d 个视图，请先删除不用的。") % {"most": MOST_VIEWS})
    view = known or SavedView(
        owner=by, process=process.key, place=place, name=name, created_at=database_now()
    )
    view.words = words
    if is_shared:
        _share(view, by)
    view.save()
    return known is not None


@transaction.atomic
def rename_view(view: SavedView, name: str, *, by: User) -> None:
    name = _fitting(name)
    view = _locked(view, by)
    _check_owner(view, by)
    same = SavedView.objects.filter(
        owner_id=view.owner_id, process=view.process, place=view.place, name=name
    )
    if same.exclude(pk=view.pk).exists():
        raise Refused(_("您已经有一个叫“%(name)s”的视图，请换个名称。") % {"name": name})
    view.name = name
    view.save(update_fields=["name"])


@transaction.atomic
def share_view(view: SavedView, *, by: User, is_shared: bool) -> None:
    """Show a view to the whole office, or to its owner alone again."""
    view = _locked(view, by)
    _check_owner(view, by)
    if is_shared:
        _share(view, by)
    else:
        view.office = None
    view.save(update_fields=["office"])


@transaction.atomic
def delete_view(view: SavedView, *, by: User) -> None:
    """The owner deletes; what is shared, a head of the office too: owners leave."""
    is_head = view.office_id is not None and view.office_id == by.office_id
    if not (is_head and _may_share(view, by)):
        _check_owner(view, by)
    view.delete()


def _locked(view: SavedView, by: User) -> SavedView:
    """Lock the person as `save_view` does: two windows cannot take one name together."""
    User.objects.select_for_update().get(pk=by.pk)
    found = SavedView.objects.filter(pk=view.pk).first()
    if found is None:
        raise Refused(_("这个视图刚刚被删除了。"))
    return found


def _share(view: SavedView, by: User) -> None:
    if view.place != INBOX or not _may_share(view, by):
        raise NotAllowed(_("只有处室负责人可以把收件箱的视图给全处使用。"))
    view.office = by.office


def _may_share(view: SavedView, by: User) -> bool:
    permission = process_named(view.process).permission("share_views")
    return bool(rules.has_perm(permission, by))


def _check_owner(view: SavedView, by: User) -> None:
    if view.owner_id != by.pk:
        raise NotAllowed(_("这个视图是同事保存的，您可以用，但不能改。"))


def _fitting(name: str) -> str:
    """A name one can read: no control or direction marks, spaces single, not too long."""
    seen = "".join(mark for mark in name if unicodedata.category(mark)[0] != "C")
    fitting = " ".join(seen.split())
    if not fitting:
        raise Refused(_("请给视图起个名称。"))
    if len(fitting) > LONGEST_NAME:
        raise Refused(_("视图名称最多 %(most)d 字。") % {"most": LONGEST_NAME})
    return fitting
