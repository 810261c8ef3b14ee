"""The view that stores the display settings chosen in the head or the foot of a page."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from xinghai.kernel.display import COOKIE, Display
from xinghai.kernel.views import requires

A_YEAR = 365 * 24 * 3600


@requires("public", methods=["POST"])
def display(request: HttpRequest) -> HttpResponse:
    """Keep one choice of language, theme, contrast or text size, and go back to the page."""
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
