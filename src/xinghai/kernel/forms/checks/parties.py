"""Checks on who fills in and who must confirm."""

from collections.abc import Iterator

from xinghai.kernel.forms.checks.base import Check, Hit, Situation


class OnlyFor(Check):
    """The submitting organisation is of one of the kinds the notice addresses."""

    name = "only_for"
    parameters = {"kinds": list}

    def hits(self, situation: Situation) -> Iterator[Hit]:
        kind = situation.context.organisation_kind
        if kind and kind not in situation.parameter("kinds"):
            yield Hit()


class OrganisationIs(Check):
    """The organisation named in a field is of one of the kinds; an unregistered one is unknown."""

    name = "organisation_is"
    parameters = {"kinds": list}

    def hits(self, situation: Situation) -> Iterator[Hit]:
        value = situation.value()
        kind = value.get("kind") if isinstance(value, dict) else ""
        if kind and kind not in situation.parameter("kinds"):
            yield Hit()


class ConfirmedPartner(Check):
    """A partner that is named has confirmed its part."""

    name = "confirmed_partner"
    parameters = {"role": str}

    def hits(self, situation: Situation) -> Iterator[Hit]:
        role = situation.parameter("role")
        if not situation.is_empty() and not situation.context.partners.get(role, False):
            yield Hit()


class BothSides(Check):
    """Provider and demander are both present, the demander being an enterprise.

    The field says on which side the submitter stands (`provider`, `demander`, `joint`); a joint
    submitter stands on the side its kind gives it. The other side counts once it has confirmed.
    """

    name = "both_sides"
    parameters = {"demander_kinds": list}
    optional = {"wrong_side_message": str, "wrong_side_message_en": str}

    def hits(self, situation: Situation) -> Iterator[Hit]:
        if situation.is_empty():
            return
        kind = situation.context.organisation_kind
        is_demander_kind = not kind or kind in situation.parameter("demander_kinds")
        own = str(situation.value())
        if own == "joint":
            own = "demander" if is_demander_kind else "provider"
        if own == "demander" and not is_demander_kind:
            yield self._wrong_side(situation)
        other = "provider" if own == "demander" else "demander"
        if not situation.context.partners.get(other, False):
            yield Hit()

    def _wrong_side(self, situation: Situation) -> Hit:
        said = situation.spec.parameters
        zh, en = said.get("wrong_side_message", ""), said.get("wrong_side_message_en", "")
        return Hit(words={"zh": zh, "en": en})
