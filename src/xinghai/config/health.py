"""Is the site able to work? One cheap page for load balancers and for the launcher."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from xinghai.kernel.views import PUBLIC, requires


@requires(PUBLIC)
def health(request: HttpRequest) -> JsonResponse:
    """200 when the database answers, else 503; says nothing about the inside."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"database": "down"}, status=503)
    return JsonResponse({"database": "ok"})
