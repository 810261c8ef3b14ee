"""Writes about 归口: which body recommends which units, and who recommends for a body."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xinghai.accounts.kinds import UNITS
from xinghai.accounts.models import Organisation, Recommends, User
from xinghai.accounts.selectors import administrators, recommenders_at
from xinghai.kernel import events
from xinghai.kernel.clock import city_today
from xinghai.kernel.messaging import notify
from xinghai.kernel.refusals import Refusal

# What is said of a unit, and of a district.
BEGUN = (
    gettext_noop("从 %(from)s 起，“%(unit)s”由“%(body)s”归口推荐。"),
    gettext_noop("从 %(from)s 起，%(district)s的单位由“%(body)s”归口推荐。"),
)
ENDED = (
    gettext_noop("“%(unit)s”由“%(body)s”归口推荐，到 %(until)s 为止。"),
    gettext_noop("%(district)s的单位由“%(body)s”归口推荐，到 %(until)s 为止。"),
)
WITHDRAWN = (
    gettext_noop("已取消：“%(unit)s”不会从 %(from)s 起由“%(body)s”归口推荐。"),
    gettext_noop("已取消：%(district)s的单位不会从 %(from)s 起由“%(body)s”归口推荐。"),
)


class RelationRefused(Refusal):
    """This relation of bodies and units cannot be; the reason says why."""


@transaction.atomic
def add_relation(
    recommender: Organisation,
    *,
    unit: Organisation | None = None,
    district: str = "",
    from_on: date,
    to_on: date | None = None,
    source: str,
    by: User,
) -> Recommends:
    """Let a body recommend one unit or a district's units, from a day until another or for good.

    Raises RelationRefused when the unit or the district has another body at that time, when a day
    is in the past, or when neither or both are named. The unit and the body are told.
    """
    _check(unit, district, from_on, to_on)
    made = Recommends(
        recommender=recommender,
        unit=unit,
        district_id=district or None,
        from_on=from_on,
        to_on=to_on,
        source=source,
    )
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as taken:
        # The database decides, also between two people who set the same unit's body at once.
        same = Recommends.objects.filter(unit=unit, district=district or None).between(
            from_on, to_on
        )
        bodies = "、".join(one.recommender.name for one in same.select_related("recommender"))
        raise RelationRefused(
            _("这段时间已由“%(body)s”推荐，请先结束那条关系。") % {"body": bodies}
        ) from taken
    events.record("recommend_for", recommender, by=by, data=_facts(made))
    _tell(made, BEGUN)
    return made


def _check(unit: Organisation | None, district: str, from_on: date, to_on: date | None) -> None:
    if (unit is None) == (district == ""):
        raise RelationRefused(_("请选一个被推荐的单位，或一个区市县，只选一个。"))
    if from_on < city_today():
        raise RelationRefused(_("不能早于今天：过去由谁推荐，不能事后更改。"))
    if to_on is not None and to_on < from_on:
        raise RelationRefused(_("最后一天不能早于开始的那天。"))


@transaction.atomic
def end_relation(relation: Recommends, *, last_day: date, by: User) -> None:
    """End a relation with a day, today at the earliest; what had ended before stays as it is.

    Records already sent to the body stay with it. It cannot be taken back, only set up anew.
    """
    locked = Recommends.objects.select_for_update().get(pk=relation.pk)
    today = city_today()
    if locked.to_on is not None and locked.to_on <= last_day:
        return
    if locked.from_on > today:
        # What has not begun was never anybody's to rely on.
        events.record("withdraw_relation", locked.recommender, by=by, data=_facts(locked))
        _tell(locked, WITHDRAWN, cause="withdrawn")
        locked.delete()
        return
    if last_day < today:
        raise RelationRefused(_("不能早于今天：过去由谁推荐，不能事后更改。"))
    locked.to_on = last_day
    locked.save(update_fields=["to_on"])
    events.record("end_relation", locked.recommender, by=by, data=_facts(locked))
    _tell(locked, ENDED)


def _facts(relation: Recommends) -> dict[str, object]:
    return {
        "relation": relation.pk,
        "unit": relation.unit_id,
        "district": relation.district_id or "",
        "from": relation.from_on.isoformat(),
        "until": relation.to_on.isoformat() if relation.to_on else None,
    }


def _tell(relation: Recommends, words: tuple[str, str], *, cause: str = "") -> None:
    """Tell the body's people and, where one unit is meant, its administrators."""
    people = {one.pk: one for one in recommenders_at(relation.recommender_id)}
    people |= {one.pk: one for one in administrators(relation.recommender)}
    if relation.unit is not None:
        people |= {one.pk: one for one in administrators(relation.unit)}
    notify(
        list(people.values()),
        key=f"recommends:{relation.pk}:{cause or relation.to_on or 'open'}",
        subject=gettext_noop("归口推荐关系有变化"),
        body=words[0] if relation.unit else words[1],
        parameters={
            "unit": relation.unit.name if relation.unit else "",
            "district": str(relation.district or ""),
            "body": relation.recommender.name,
            "from": relation.from_on.isoformat(),
            "until": relation.to_on.isoformat() if relation.to_on else "",
        },
        url="/my/profile/",
        topic=UNITS,
    )
