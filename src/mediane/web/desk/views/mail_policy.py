"""What the Caf does with its mailbox, from a day on, and what a sender will read."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mediane.casework.rights import require
from mediane.kit import clock
from mediane.mailroom import rights
from mediane.mailroom.actions import choose_policy
from mediane.mailroom.models import MailPolicy
from mediane.mailroom.queries import chosen_policies, pointer_of, policy_of
from mediane.mailroom.rules.pointing import SUBJECT
from mediane.mailroom.states import Policy
from mediane.web.desk.forms_transfers import MailPolicyForm
from mediane.web.forms import refusals_on, submitted
from mediane.web.request import StaffRequest


@require_http_methods(["GET", "HEAD", "POST"])
def mail_policy(request: StaffRequest) -> HttpResponse:
    caf = request.organisation
    today, may = clock.today(caf.time_zone), rights.may_choose_policy(request.actor, caf.pk)
    current = policy_of(caf.pk, today)
    initial = {"policy": current, "effective_from": today}
    form = submitted(MailPolicyForm, request, today=today, initial=initial)
    if form.is_bound:
        require(may)
    if form.is_bound and form.is_valid():
        with refusals_on(form):
            choose_policy(
                organisation=caf,
                policy=Policy(form.cleaned_data["policy"]),
                effective_from=form.cleaned_data["effective_from"],
                by=request.actor,
                at=clock.now(),
            )
            return redirect("desk:mail_policy")
    chosen = chosen_policies(caf.pk)
    context = {
        "form": form,
        "may": may,
        "standing": current,
        "chosen": list(zip(chosen, _standing(chosen, today), strict=True)),
        "subject": SUBJECT,
        "answer": pointer_of(caf).strip().split("\n\n"),
    }
    return render(request, "desk/mail_policy.html", context)


def _standing(chosen: list[MailPolicy], today: date) -> list[str]:
    """In words, the latest first: the first that has begun is the one in force."""
    words: list[str] = []
    for one in chosen:
        begun = "Remplacée" if "En vigueur" in words else "En vigueur"
        words.append("À venir" if one.effective_from > today else begun)
    return words
