"""Questions about a call, and their answers for everybody (问答)."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xinghai.accounts.models import Office, User
from xinghai.calls.states import ANSWERED_OPENLY, ASKED, DRAFT, QUESTION
from xinghai.kernel.models import Recorded
from xinghai.kernel.triggers import Frozen, StateGuard


class QuestionQuerySet(models.QuerySet["Question"]):
    def public(self) -> "QuestionQuerySet":
        """Answered for everybody, the most useful (as the office sees it) and the newest first."""
        answered = self.filter(state=ANSWERED_OPENLY).exclude(call__state=DRAFT)
        return answered.order_by("-is_pinned", "-answered_at", "-pk")

    def mentioning(self, text: str) -> "QuestionQuerySet":
        """Every word of the text stands in the public wording or the answer."""
        found = self
        for word in text.split()[:5]:
            found = found.filter(Q(wording__icontains=word) | Q(answer__icontains=word))
        return found


class Question(Recorded):
    """Somebody's question about a call. `wording` is what the public reads: the office may take
    out of the asker's `text` what nobody else should see."""

    trail_name = "calls.question"
    workflow = QUESTION
    decisive = ("office_id", "asked_by_id")

    call = models.ForeignKey("calls.Call", on_delete=models.PROTECT, related_name="questions")
    office = models.ForeignKey(
        Office, on_delete=models.PROTECT, related_name="+", verbose_name=_("处室")
    )
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="questions")
    asked_at = models.DateTimeField()
    text = models.CharField(_("您的问题"), max_length=500)
    wording = models.CharField(_("公开的问法"), max_length=500)
    answer = models.TextField(_("答复"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True)
    is_pinned = models.BooleanField(_("放在最前"), default=False)
    reason = models.TextField(blank=True)
    state = models.CharField(
        max_length=20,
        default=ASKED,
        choices=[(state.name, state.label) for state in QUESTION.states],
    )

    objects: ClassVar[Any] = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ("-asked_at", "-pk")
        indexes = (
            models.Index(fields=["call", "-answered_at"], name="question_call"),
            models.Index(fields=["office", "state", "asked_at"], name="question_desk"),
            models.Index(fields=["asked_by", "-asked_at"], name="question_asker"),
        )
        constraints = (
            models.CheckConstraint(condition=~Q(text="") & ~Q(wording=""), name="question_asks"),
            models.CheckConstraint(
                condition=Q(state__in=[ASKED, "refused"]) | ~Q(answer=""),
                name="question_answered_has_answer",
            ),
        )
        triggers = (StateGuard(ASKED), Frozen(["call", "asked_by", "asked_at", "text"]))

    def __str__(self) -> str:
        return f"{self.call_id}: {self.text[:30]}"
