"""The view that stores the display settings chosen in the head or the foot of a page."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt

from xinghai.kernel.display import COOKIE, Display
from xinghai.kernel.views import requires

A_YEAR = 365 * 24 * 3600


def is_from_elsewhere(request: HttpRequest) -> bool:
    """Whether the browser says that a page of another site sent this form."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None:
        return site not in ("same-origin", "none")
    ours = (f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS)
    return origin is not None and origin not in ours


@csrf_exempt
@requires("public", methods=["POST"])
def display(request: HttpRequest) -> HttpResponse:
    """Keep one choice of language, theme, contrast or text size, and go back to the page.

    Its forms stand on pages that are kept for everybody and hold no token; the browser says where
    a form comes from. An old one that does not say it can be made to change the look, no more.
    """
    if is_from_elsewhere(request):
        return render(request, "403_csrf.html", status=403)
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = "/"
    answer = redirect(back)
    name, _, value = request.POST.get("choice", "").partition(":")
    if name == "language" and value in dict(settings.LANGUAGES):
        answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, value, max_age=A_YEAR, samesite="Lax")
    else:
        chosen = Display.from_cookie(request.COOKIES.get(COOKIE, "")).with_choice(name, value)
        answer.set_cookie(COOKIE, chosen.to_cookie(), max_age=A_YEAR, samesite="Lax")
    return answer
