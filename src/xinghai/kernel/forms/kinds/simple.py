"""Kinds that hold one value: what a column of a table may be made of."""

from xinghai.kernel.forms.kinds.base import Kind
from xinghai.kernel.forms.kinds.choices import (
    BoolKind,
    CommitmentKind,
    MultiselectKind,
    RadioKind,
    SelectKind,
    TreeSelectKind,
)
from xinghai.kernel.forms.kinds.dates import DateKind, DaterangeKind
from xinghai.kernel.forms.kinds.numbers import DecimalKind, IntegerKind
from xinghai.kernel.forms.kinds.readiness import TrlKind, TrlPairKind
from xinghai.kernel.forms.kinds.references import FileKind, MultiRefKind, OrgRefKind, RefKind
from xinghai.kernel.forms.kinds.texts import (
    EmailKind,
    PhoneKind,
    TagsKind,
    TextareaKind,
    TextKind,
)

SIMPLE: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        TextKind(),
        TextareaKind(),
        SelectKind(),
        RadioKind(),
        MultiselectKind(),
        BoolKind(),
        IntegerKind(),
        DecimalKind(),
        DateKind(),
        DaterangeKind(),
        PhoneKind(),
        EmailKind(),
        TagsKind(),
        TreeSelectKind(),
        OrgRefKind(),
        RefKind(),
        MultiRefKind(),
        FileKind(),
        CommitmentKind(),
        TrlKind(),
        TrlPairKind(),
    )
}
