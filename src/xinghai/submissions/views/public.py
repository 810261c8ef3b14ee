"""What anybody may ask: was this receipt issued."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from xinghai.kernel.kept_pages import kept
from xinghai.kernel.views import requires
from xinghai.submissions.selectors import Verification, verify_receipt


@kept()
@requires("public")
def verify(request: HttpRequest) -> HttpResponse:
    """Whether a number and a hash belong together; nothing of the content is told."""
    asked_number = request.GET.get("number", "").strip()
    digest = "".join(request.GET.get("digest", "").split())
    asked = bool(asked_number)
    found = verify_receipt(asked_number, digest) if asked else Verification(None, None, False)
    shown = {
        "asked": asked,
        "number": asked_number,
        "digest": digest,
        "receipt": _told(found),
        "matches": found.matches,
    }
    return render(request, "submissions/verify.html", shown)


def _told(found: Verification) -> dict[str, object] | None:
    one = found.receipt or found.batch
    if one is None:
        return None
    return {"number": one.number, "submitted_at": one.received_at, "digest": one.content_hash}
