"""Who may do what to a pilot entry: the shared sentences, and the recommender's."""

from typing import Any

import rules
from django.db.models import Q

from xinghai.accounts.kinds import MemberRole, OrganisationKind
from xinghai.kernel.processes import Phase
from xinghai.submissions.rules import STANDARD, is_applicant, standard_permissions
from xinghai.submissions.states import RECOMMENDING


def districts_of(user: Any) -> set[str]:
    """Return the districts whose government body this person administers."""
    return {
        one.organisation.district
        for one in user.confirmed_memberships
        if one.role == MemberRole.ADMINISTRATOR
        and one.organisation.kind == OrganisationKind.GOVERNMENT
    }


@rules.predicate
def recommends(user: Any, record: Any = None) -> bool:
    """Administers the government body of the district the author's unit lies in."""
    if record is None:
        return bool(districts_of(user))
    return record.organisation is not None and record.organisation.district in districts_of(user)


@rules.predicate
def is_to_be_recommended(user: Any, record: Any = None) -> bool:
    return record is None or record.phase == Phase.RECOMMENDING


def to_be_recommended_by(user: Any) -> Q:
    """Equal to what the sentence `toy.view` says of a recommender."""
    return Q(state=RECOMMENDING, organisation__district__in=districts_of(user))


standard_permissions("toy")
may_recommend = is_applicant & recommends & is_to_be_recommended
rules.add_perm("toy.recommend", may_recommend)
rules.set_perm("toy.view", STANDARD["view"] | may_recommend)
