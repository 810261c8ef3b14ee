"""What was found of what was planted: recall, precision, granularity and plagdet, by kind.

Characters are counted in the suspect and in the source alike, as the PAN evaluations do;
granularity is how many findings stand for one planted copy.
"""

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from bench.similarity.planting import Library
from xinghai.similarity.comparing import Match
from xinghai.similarity.normalising import normalise


@dataclass
class Tally:
    planted: int = 0
    found: int = 0
    characters: int = 0
    covered: int = 0
    findings: int = 0
    touched: int = 0


@dataclass
class Custom:
    """What must not count: how often it stands in documents, how many characters were counted."""

    planted: int = 0
    characters: int = 0
    counted: int = 0


@dataclass
class Quality:
    kinds: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    customs: dict[str, Custom] = field(default_factory=lambda: defaultdict(Custom))
    reported: int = 0
    rightly: int = 0
    pairs: int = 0
    wrong_pairs: int = 0

    @property
    def precision(self) -> float:
        return self.rightly / self.reported if self.reported else 1.0

    @property
    def recall(self) -> float:
        planted = sum(one.characters for one in self.kinds.values())
        return sum(one.covered for one in self.kinds.values()) / planted if planted else 1.0

    @property
    def granularity(self) -> float:
        touched = sum(one.touched for one in self.kinds.values())
        return sum(one.findings for one in self.kinds.values()) / touched if touched else 1.0

    @property
    def plagdet(self) -> float:
        both = self.precision + self.recall
        f1 = 2 * self.precision * self.recall / both if both else 0
        return f1 / math.log2(1 + self.granularity)


Span = tuple[int, int]


def judge(library: Library, matches: Iterable[Match]) -> Quality:
    """Hold the matches against what was planted; what is greyed was not reported."""
    told = Quality()
    truth = {(one.source, one.suspect): one for one in library.planted}
    spans = _counted(library, matches)
    for pair, found in spans.items():
        told.pairs += 1
        told.wrong_pairs += pair not in truth
        planted = truth.get(pair)
        for _there, here in found:
            told.reported += here[1] - here[0]
            if planted is not None:
                told.rightly += _shared(here, planted.here)
    for pair, planted in truth.items():
        tally = told.kinds[planted.kind]
        tally.planted += 1
        tally.characters += planted.here[1] - planted.here[0]
        found = [here for _there, here in spans.get(pair, []) if _shared(here, planted.here)]
        covered = sum(_shared(here, planted.here) for here in found)
        tally.covered += covered
        tally.found += covered >= 0.5 * (planted.here[1] - planted.here[0])
        tally.findings += len(found)
        tally.touched += bool(found)
    _judge_customs(library, spans, told)
    return told


def _counted(
    library: Library, matches: Iterable[Match]
) -> dict[tuple[int, int], list[tuple[Span, Span]]]:
    """Return by pair what was counted, in the places of the texts as written."""
    spans = {}
    for match in matches:
        if counted := match.counted:
            here, there = (
                normalise(library.texts[match.here]),
                normalise(library.texts[match.there]),
            )
            spans[match.here, match.there] = [
                (here.original(*one.here), there.original(*one.there)) for one in counted
            ]
    return spans


def _judge_customs(
    library: Library, spans: dict[tuple[int, int], list[tuple[Span, Span]]], told: Quality
) -> None:
    """See whether boilerplate was counted between documents that copied nothing."""
    for customs in library.customs.values():
        for kind, first, last in customs:
            told.customs[kind].planted += 1
            told.customs[kind].characters += last - first
    for one in library.own:
        told.customs[one.kind].planted += 1
        told.customs[one.kind].characters += one.here[1] - one.here[0]
    truth = {(one.source, one.suspect) for one in library.planted}
    own = {(one.source, one.suspect): one for one in library.own}
    for pair, found in spans.items():
        if pair in own:
            told.customs[own[pair].kind].counted += sum(last - first for _t, (first, last) in found)
        elif pair not in truth:
            for span, _there in found:
                for kind, first, last in library.customs.get(pair[0], ()):
                    told.customs[kind].counted += _shared(span, (first, last))


def _shared(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def print_quality(told: Quality) -> None:
    print("\n| planted | copies | found | characters covered | findings a copy |")
    print("|---|--:|--:|--:|--:|")
    for kind, one in told.kinds.items():
        print(
            f"| {kind} | {one.planted} | {one.found / one.planted:.3f}"
            f" | {one.covered / one.characters:.3f} | {one.findings / max(one.touched, 1):.2f} |"
        )
    print(
        f"\nprecision {told.precision:.3f}, recall {told.recall:.3f},"
        f" granularity {told.granularity:.3f}, plagdet {told.plagdet:.3f};"
        f" {told.wrong_pairs} of {told.pairs} pairs were not planted"
    )
    print("\n| must not count | planted | characters | of these counted |")
    print("|---|--:|--:|--:|")
    for kind, custom in told.customs.items():
        share = custom.counted / custom.characters
        print(f"| {kind} | {custom.planted:,} | {custom.characters:,} | {share:.4f} |")
