"""What the editor of a reply saves by itself."""

from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from mediane.correspondence import actions as correspondence
from mediane.correspondence.models import Letter
from mediane.correspondence.queries import draft_reply_of, remedies_of
from mediane.correspondence.queries.enclosures import enclosures_of
from mediane.correspondence.rules.review import review
from mediane.kit import clock
from mediane.kit.french import at_time
from mediane.kit.refusal import Refusal
from mediane.web.desk.editor import as_written
from mediane.web.desk.finding import found
from mediane.web.desk.forms_decisions import ReplyForm
from mediane.web.request import StaffRequest


@require_POST
def save_reply(request: StaffRequest, reference: str) -> HttpResponse:
    """Answers with what stands now, and the sentence to show; 409 when a choice is needed first."""
    case = found(request, reference)
    letter = draft_reply_of(case)
    if letter is None:
        raise Http404
    letter.case = case
    form = ReplyForm(data=request.POST)
    if not form.is_valid():
        return _not_saved("Pas encore enregistré : ce texte est trop long.")
    now = clock.now()
    try:
        correspondence.save_reply(letter=letter, edit=form.edit(), by=request.actor, at=now)
    except Refusal as refusal:
        return _not_saved(f"{refusal.sentence} Votre texte reste sur cette page.")
    local = now.astimezone(ZoneInfo(request.organisation.time_zone))
    return JsonResponse(_standing(letter) | {"said": f"Enregistrée à {at_time(local)}"})


def _standing(letter: Letter) -> dict[str, object]:
    remarks = review(letter.title, letter.body, easy=letter.easy, remedies=remedies_of(letter.case))
    return {
        "version": letter.version,
        "written": as_written(letter),
        "enclosures": [str(one.document.public_id) for one in enclosures_of(letter)],
        "remarks": render_to_string("desk/parts/letter_remarks.html", {"remarks": remarks}),
    }


def _not_saved(sentence: str) -> HttpResponse:
    return HttpResponse(sentence, status=409, content_type="text/plain")
