"""The public pages said again in short sentences, one idea each, with drawings."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mediane.eligibility.queries import policy_on
from mediane.kit import clock
from mediane.web.request import open_to_all

# In the order they are read; the drawing of each on the list.
PAGES = {
    "la-mediation": ("C’est quoi, la médiation ?", "between"),
    "est-ce-pour-moi": ("Est-ce que je peux demander ?", "question"),
    "comment-demander": ("Comment je demande ?", "hand"),
    "et-apres": ("Qu’est-ce qui se passe après ?", "calendar"),
    "etre-aide": ("Qui peut m’aider ?", "two"),
}
# A no-break space before the sign, as everywhere.
TITLES = {slug: title.replace(" ?", "\u00a0?") for slug, (title, _) in PAGES.items()}


@open_to_all
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    pages = [(slug, TITLES[slug], drawing) for slug, (_, drawing) in PAGES.items()]
    return render(request, "citizen/easy.html", {"pages": pages})


@open_to_all
@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    if slug not in PAGES:
        raise Http404
    order = list(PAGES)
    at = order.index(slug)
    _, policy = policy_on(clock.today())
    following = order[at + 1] if at + 1 < len(order) else None
    words = {
        "heading": TITLES[slug],
        "drawing": PAGES[slug][1],
        "rank": at + 1,
        "total": len(order),
        "months": policy.waiting_months,
        "following": (following, TITLES[following]) if following else None,
    }
    return render(request, f"citizen/easy/{slug}.html", words)
