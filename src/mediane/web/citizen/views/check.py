"""Check, then send: once, however many times one clicks."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mediane.casework.actions import receive
from mediane.catalogue.models import Benefit, Ground
from mediane.catalogue.queries import every, labels
from mediane.kit import clock
from mediane.kit.french import weight
from mediane.referrals.models import Referral
from mediane.referrals.queries import documents_of, own_referral, safe_contact_of
from mediane.web.citizen import journey
from mediane.web.citizen.accounts import as_each_account
from mediane.web.citizen.drafts import with_draft
from mediane.web.citizen.forms.check import SendForm
from mediane.web.forms import refusals_on
from mediane.web.request import PersonRequest


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: PersonRequest) -> HttpResponse:
    return _send(request) if request.method == "POST" else _show(request, form=SendForm())


def _send(request: PersonRequest) -> HttpResponse:
    form = SendForm(request.POST)
    reference = form.data.get("reference", "")
    found = (own_referral(request.beneficiary, reference) for _ in as_each_account(request))
    draft = next(filter(None, found), None)
    if draft is None:
        raise Http404
    if draft.filed_at is None and not journey.is_complete(draft):
        return redirect("citizen:begin")
    if form.is_valid():
        with refusals_on(form):
            case = receive(draft=draft, by=request.actor, at=clock.now())
            return redirect("citizen:receipt", reference=case.reference)
    return _show(request, form=form)


@with_draft
def _show(request: PersonRequest, draft: Referral, form: SendForm) -> HttpResponse:
    if not journey.is_complete(draft):
        return redirect("citizen:begin")
    documents, contact = documents_of(draft), safe_contact_of(draft)
    words = {
        "form": form,
        "draft": draft,
        "benefits": labels(Benefit, draft.benefits),
        "grounds": [every(Ground)[code].public_label for code in draft.grounds],
        "contact": contact,
        "others": [contact[name] for name in ("email", "phone", "address") if name in contact],
        "documents": documents,
        "weight": weight(sum(document.size for document in documents)),
        "back": journey.step_page(journey.STEPS[-1]),
    }
    return render(request, "citizen/check.html", words)
