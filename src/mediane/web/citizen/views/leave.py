"""Leaving at once, for whoever must not be seen here."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mediane.web.request import open_to_all

# What anybody looks at, and that tells nothing of whoever does. No setting: nobody has to think of it.
NEUTRAL = "https://meteofrance.com/"
FROM_ELSEWHERE = "cross-site"


@open_to_all
@never_cache
@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """A plain link, so that it works without JavaScript. The session ends; a saved draft stays."""
    response = HttpResponseRedirect(NEUTRAL)
    # Another site’s link or picture signs nobody out.
    if request.headers.get("Sec-Fetch-Site") != FROM_ELSEWHERE:
        request.session.flush()
        response.delete_cookie(settings.CSRF_COOKIE_NAME, samesite="Lax")
        response["Clear-Site-Data"] = '"cookies", "storage"'
    return response
