"""What an office can do with a submission: one class each.

Buttons, keys, the bulk bar, the bulk page and the page of a decision are drawn from the classes.
The legal steps of a process (accept, decline, award) are classes of its own room.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinghai.accounts.models import User
from xinghai.casework.forms import AssignForm, DecisionForm, GiveForm, HandOverForm, ReturnForm
from xinghai.casework.selectors import may_be_given
from xinghai.casework.services import colleagues, deciding
from xinghai.kernel.processes import Label
from xinghai.kernel.workflow import available
from xinghai.submissions.models import Submission
from xinghai.submissions.process import Process

MAIN, ORDINARY, MINOR = "btn-primary", "", "btn-quiet"


class Decision:
    """One thing an office can do with a submission."""

    # The word of its address.
    action: ClassVar[str]
    # The edges of the process's table it fires; none where it moves nothing.
    edges: ClassVar[tuple[str, ...]] = ()
    # What nobody has taken up yet is taken up in the same step.
    takes_up_first: ClassVar[bool] = True
    label: ClassVar[Label]
    icon: ClassVar[str] = ""
    # The key on the keyboard, and what the dialog of keys says beside it.
    key: ClassVar[str] = ""
    key_label: ClassVar[Label] = ""
    # What the person who decides reads before: what follows, and whether it is for good.
    consequence: ClassVar[Label]
    is_final: ClassVar[bool] = False
    # It takes something from the author for good: its button says so by its colour.
    is_grave: ClassVar[bool] = False
    form: ClassVar[type[DecisionForm] | None] = None
    emphasis: ClassVar[str] = ORDINARY
    # A button beside the record and a page of its own; done at once where nothing is asked.
    has_button: ClassVar[bool] = True
    is_immediate: ClassVar[bool] = False
    is_for_many: ClassVar[bool] = False
    # Reading goes on with the same record afterwards, not with the next one.
    stays: ClassVar[bool] = False
    takes_remarks: ClassVar[bool] = False
    # A link may name another record (`?target=`) it is about: of two that are compared.
    takes_target: ClassVar[bool] = False

    def __init__(self, process: Process) -> None:
        self.process = process

    @property
    def button(self) -> Label:
        """The words of the button that does it."""
        return self.label

    def run(self, submission: Submission, *, by: User, form: Any) -> None:
        """Do it; `form` is the valid form of the class's own kind, None where it has none."""
        raise NotImplementedError

    def is_open(self, submission: Submission, by: User) -> bool:
        """Whether this person may do it to this record now."""
        return self.is_open_by({edge.name for edge in available(submission, by)}, submission, by)

    def is_open_by(self, steps: Collection[str], submission: Submission, by: User) -> bool:
        """The same, where the steps that stand open for the person are known already."""
        if any(edge in steps for edge in self.edges):
            return True
        if not self.takes_up_first or deciding.TAKE_UP not in steps:
            return False
        workflow = self.process.workflow
        return any(deciding.follows_taking_up(workflow, edge) for edge in self.edges)

    def begins_in(self) -> frozenset[str]:
        """Return the states it can be taken in; of one that moves nothing, where work goes on."""
        workflow = self.process.workflow
        edges = [workflow.by_name[name] for name in self.edges]
        if not edges:
            return frozenset(one.name for one in workflow.states if not one.final)
        first = [workflow.by_name[deciding.TAKE_UP]] if self.takes_up_first else []
        return frozenset(state for edge in (*edges, *first) for state in edge.from_states)

    def could_act(self, submission: Submission) -> bool:
        """Whether the record stands, by now, where the decision would move it once more.

        Not known of a step that ends where it begins (handing over); then the answer is no.
        """
        begins = self.begins_in()
        edges = [self.process.workflow.by_name[name] for name in self.edges]
        if not edges or any(edge.to_state in begins for edge in edges):
            return False
        rows = self.process.records.objects.filter(pk=submission.pk, state__in=begins)
        return bool(rows.exists())

    def button_class(self, steps: Collection[str]) -> str:
        """Return the look of its button: the main step stands out where it is the next one."""
        if self.emphasis == MAIN and not any(edge in steps for edge in self.edges):
            return ORDINARY
        return self.emphasis

    def make_form(
        self,
        typed: Any,
        submissions: Sequence[Submission],
        initial: Mapping[str, Any] | None = None,
    ) -> DecisionForm | None:
        """Return the form for these records; None where nothing is asked."""
        if self.form is None:
            return None
        return self.form(typed, submissions=submissions, initial=initial)

    def operation(self, submission: Submission, form: Any) -> str:
        """Name what is done once per rendered form."""
        return f"{self.process.room}.{self.action}:{submission.pk}"

    def consequence_for_many(self) -> str:
        """Say of many what the sentence of one leaves open: that it stands."""
        if self.is_final or not self.edges:
            return str(self.consequence)
        return f"{self.consequence}{_('这一步不能撤回。')}"

    def targets(self, submission: Submission) -> Sequence[Submission]:
        """Return records to choose from, where the decision is about another one too."""
        return ()

    def accepts_target(self, submission: Submission, target: Submission) -> bool:
        """Whether it can be about this other record."""
        return False

    def target_label(self, submission: Submission, target: Submission) -> str:
        """The words of a link that names the other record already."""
        return str(self.label)


class TakeUp(Decision):
    """受理."""

    action, edges, key = "take-up", (deciding.TAKE_UP,), "t"
    takes_up_first = False
    label, icon = gettext_lazy("受理"), "inbox"
    consequence = gettext_lazy("受理后填报人不能再撤回，并会收到通知。")
    emphasis, is_immediate, is_for_many, stays = MAIN, True, True, True

    @property
    def button(self) -> Label:
        return _("受理这条%(noun)s") % {"noun": self.process.noun.one}

    def run(self, submission: Submission, *, by: User, form: Any) -> None:
        deciding.take_up(submission, by=by)


class Return(Decision):
    """退回修改."""

    action, edges, key = "return", ("office_return",), "r"
    label, icon = gettext_lazy("退回修改"), "arrow-back-up"
    consequence = gettext_lazy("填报人按意见修改后直接回到本处；高校院所再经科研部门审核。")
    form = ReturnForm
    is_for_many, takes_remarks = True, True

    def run(self, submission: Submission, *, by: User, form: Any) -> None:
        back = deciding.Return(
            reason=form.cleaned_data["reason"],
            due_on=form.cleaned_data["due_on"],
            remarks=form.remarks(),
        )
        deciding.return_for_correction(submission, back, by=by)


class HandOver(Decision):
    """移交其他处室."""

    action, edges, key = "hand-over", ("hand_over",), "h"
    label, icon, emphasis = gettext_lazy("移交其他处室"), "building-bank", MINOR
    consequence = gettext_lazy("由对方重新受理，填报人会看到新的处室和理由。")
    form, is_for_many = HandOverForm, True

    @property
    def button(self) -> Label:
        return _("移交")

    def run(self, submission: Submission, *, by: User, form: Any) -> None:
        chosen = form.cleaned_data
        deciding.hand_over(submission, chosen["office"], by=by, reason=chosen["reason"])


class Give(Decision):
    """交给同事: who of the office works on it. It moves nothing, and the author does not see it."""

    action = "give"
    label = gettext_lazy("交给同事")
    consequence = gettext_lazy("只改经办人，填报人看不到，也不影响进展；以后可以再改。")
    form, has_button, is_for_many = GiveForm, False, True

    @property
    def button(self) -> Label:
        return _("交给这位同事")

    def is_open_by(self, steps: Collection[str], submission: Submission, by: User) -> bool:
        return may_be_given(submission, by)

    def operation(self, submission: Submission, form: Any) -> str:
        """Who goes back to give it to somebody else has decided anew, not clicked twice."""
        handler = form.cleaned_data["handler"]
        return f"{self.process.room}.give:{submission.pk}:{handler.pk if handler else 0}"

    def run(self, submission: Submission, *, by: User, form: Any) -> None:
        colleagues.give_to(submission, form.cleaned_data["handler"], by=by)


class Assign(Decision):
    """分派处室: planning names the office of what no rule routes, on the page of the triage."""

    action, edges, takes_up_first = "assign", ("assign",), False
    label = gettext_lazy("分派到处室")
    consequence = gettext_lazy("由这个处室办理，填报人会看到受理处室。")
    form, has_button = AssignForm, False

    def run(self, submission: Submission, *, by: User, form: Any) -> None:
        chosen = form.cleaned_data
        deciding.assign(submission, chosen["office"], by=by, remember=chosen["remember"])


STANDARD_DECISIONS: tuple[type[Decision], ...] = (TakeUp, Return, HandOver, Give, Assign)
