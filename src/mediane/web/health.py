"""Whether the product answers: for the supervisor, a load balancer, a monitor."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from mediane.web.request import open_to_all


@open_to_all
@require_safe
def state(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("en service", content_type="text/plain; charset=utf-8")
