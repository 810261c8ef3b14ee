"""The checks a form definition may name. A new check is a new class."""

from xinghai.kernel.forms.checks import amounts, answers, parties, rows
from xinghai.kernel.forms.checks.base import Check, Hit, Situation

CHECKS: dict[str, Check] = {
    check.name: check
    for check in (
        amounts.AtLeast(),
        amounts.AtMost(),
        amounts.Between(),
        amounts.NotMoreThan(),
        amounts.AllowedPairs(),
        answers.RequiredWhen(),
        answers.OneOf(),
        answers.MatchesCategory(),
        answers.MatchesDomain(),
        answers.WithinYears(),
        answers.NotPast(),
        answers.NoWords(),
        answers.NoUnitName(),
        answers.CreditCode(),
        rows.CountAtLeast(),
        rows.RowsInclude(),
        rows.Measurable(),
        rows.LowestIs(),
        parties.OnlyFor(),
        parties.OrganisationIs(),
        parties.ConfirmedPartner(),
        parties.BothSides(),
    )
}

__all__ = ["CHECKS", "Check", "Hit", "Situation"]
