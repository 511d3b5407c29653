"""A case that goes to another Caf, or comes from one."""

from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST

from mediane.casework import rights
from mediane.casework.actions import Departure
from mediane.casework.models import Case
from mediane.casework.rules.counting import FROM_ANOTHER_CAF
from mediane.casework.states import State, WhyTransferred
from mediane.documents import queries as documents
from mediane.kit import clock
from mediane.kit.french import count
from mediane.organisations.queries import all_cafs
from mediane.people.queries import of_number
from mediane.transfers import actions, queries
from mediane.transfers.models import Arrival, CopiedLetter, CopiedMandate, Parcel
from mediane.transfers.rules.contents import Told
from mediane.transfers.states import Stage
from mediane.web.desk.finding import found
from mediane.web.desk.forms_transfers import TransferForm, WhoseForm
from mediane.web.desk.telling import told_of_cancelled, told_of_transfer
from mediane.web.forms import refusals_on, submitted
from mediane.web.request import StaffRequest

LOOKS = {
    Stage.SENT: "received",
    Stage.PACKED: "under_study",
    Stage.STOPPED: "answer_received",
    Stage.FAILED: "answer_received",
    Stage.TAKEN_IN: "admissible",
}

BROUGHT = {
    "table": (("tableau de trop-perçu", "tableaux de trop-perçu"), "desk:explain"),
    "calculations": (("calcul de retenue", "calculs de retenue"), "desk:deduct"),
    "days": (
        ("jour du délai de recours, à vérifier", "jours du délai de recours, à vérifier"),
        "desk:appeal_clock",
    ),
    "estimates": (("estimation de droits", "estimations de droits"), "desk:entitlements"),
}


@dataclass(frozen=True)
class Moved:
    """What the page of a case says of its other Caf."""

    parcel: Parcel | None = None
    arrival: Arrival | None = None
    letters: tuple[CopiedLetter, ...] = ()
    story: tuple[Told, ...] = ()
    mandates: tuple[CopiedMandate, ...] = ()

    @property
    def brought(self) -> list[tuple[str, str]]:
        """What the first Caf worked out: its words, and the page where it goes on."""
        numbers = self.arrival.brought if self.arrival else {}
        return [
            (count(numbers[what], *words), page) for what, (words, page) in BROUGHT.items() if what in numbers
        ]


def moved(case: Case) -> Moved:
    """Nothing is read for a case that never left its Caf."""
    parcel = queries.parcel_of(case) if case.state == State.TRANSFERRED else None
    if case.origin != FROM_ANOTHER_CAF:
        return Moved(parcel)
    arrival = queries.arrival_of(case)
    if arrival is None:
        return Moved(parcel)
    return Moved(
        parcel,
        arrival,
        letters=tuple(queries.letters_of(arrival)),
        story=tuple(queries.story_of(arrival, case)),
        mandates=tuple(queries.mandates_with(arrival)),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def transfer(request: StaffRequest, reference: str) -> HttpResponse:
    case = found(request, reference)
    rights.require(rights.may_work_on(request.actor, case))
    own = request.organisation
    today, initial = clock.today(own.time_zone), {"version": case.version}
    form = submitted(TransferForm, request, cafs=all_cafs(), own=own, today=today, initial=initial)
    if form.is_valid():
        given = form.cleaned_data
        departure = Departure(
            to=form.destination(),
            number=given["number"],
            reason=WhyTransferred(given["reason"]),
            moved_on=given["moved_on"],
        )
        with refusals_on(form):
            actions.send(
                case=case,
                departure=departure,
                seen_version=given["version"],
                by=request.actor,
                at=clock.now(),
            )
            return redirect("desk:case", reference=reference)
        form.sees(case)
    context = {
        "case": case,
        "form": form,
        "told": told_of_transfer(case),
        "cancelled": told_of_cancelled(case, clock.now()),
    }
    return render(request, "desk/transfer.html", context)


@require_http_methods(["GET", "HEAD"])
def copied_letter(
    request: StaffRequest, reference: str, public_id: UUID, version: str = "pdf"
) -> HttpResponse:
    """The letter as the other Caf sent it, or one of its other versions."""
    case = found(request, reference)
    letter = queries.copied_letter(case, public_id)
    pdf = letter and queries.pdf_of(letter, case, version)
    if letter is None or not pdf:
        raise Http404
    actions.open_copy(letter=letter, beneficiary_id=case.beneficiary_id, by=request.actor, at=clock.now())
    response = HttpResponse(pdf, content_type="application/pdf")
    name = f"{letter.kind} {letter.written_by}{queries.VERSIONS[version]}.pdf"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "HEAD"])
def copied_proof(request: StaffRequest, reference: str, public_id: UUID) -> HttpResponse:
    """What proved the mandate where the case came from."""
    case = found(request, reference)
    mandate = queries.copied_mandate(case, public_id)
    proof = mandate.proof if mandate else None
    if mandate is None or proof is None or not documents.may_be_read_by(request.actor, proof):
        raise Http404
    actions.open_proof(mandate=mandate, beneficiary_id=case.beneficiary_id, by=request.actor, at=clock.now())
    response = HttpResponse(documents.content(proof), content_type=proof.media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=proof.our_name)
    response["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "HEAD"])
def parcels(request: StaffRequest) -> HttpResponse:
    caf = request.organisation
    shown = queries.parcels_of(caf.pk)
    rows = [
        {
            "parcel": one,
            "is_ours": one.organisation_id == caf.pk,
            "tag": (LOOKS[one.stage], one.stage.label),
            "is_to_check": one.stage is Stage.STOPPED and one.to_id == caf.pk,
            # Whose number it is stays there.
            "why": one.get_stopped_display() if one.stage is Stage.FAILED or one.to_id == caf.pk else "",
            # Not filled yet, it is its sender’s to fill.
            "is_to_try": one.stage is Stage.FAILED
            and (one.organisation_id == caf.pk or one.packed_at is not None),
        }
        for one in shown
    ]
    words = {
        "rows": rows,
        "stopped": sum(one.stage is Stage.STOPPED and one.to_id == caf.pk for one in shown),
        "failed": sum(one.stage is Stage.FAILED for one in shown),
        "again": next((one.reference for one in shown if str(one.public_id) == request.GET.get("essai")), ""),
    }
    return render(request, "desk/parcels.html", words)


@require_POST
def try_again(request: StaffRequest, public_id: UUID) -> HttpResponse:
    failed = queries.on_either_side(request.organisation.pk, public_id)
    if failed is None:
        raise Http404
    with suppress(actions.NotWaiting):
        # Somebody was first, or it passed: the page says where it is.
        actions.try_again(parcel=failed, by=request.actor, at=clock.now())
        return redirect(f"{reverse('desk:parcels')}?essai={public_id}")
    return redirect("desk:parcels")


@require_http_methods(["GET", "HEAD", "POST"])
def parcel(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """A stopped one: both names side by side, and a human says whose it is."""
    stopped = queries.parcel_for(request.organisation.pk, public_id)
    if stopped is None or (stopped.stage is not Stage.STOPPED and request.method != "POST"):
        raise Http404
    # Empty: one click too many would open the case to the other person.
    form = submitted(WhoseForm, request)
    if form.is_bound and form.is_valid():
        number = form.cleaned_data["number"]
        with refusals_on(form):
            actions.give_number(parcel=stopped, number=number, by=request.actor, at=clock.now())
            return redirect("desk:parcels")
    if stopped.stage is not Stage.STOPPED:
        return redirect("desk:parcels")
    context = {
        "parcel": stopped,
        "form": form,
        "inside": actions.open_parcel(parcel=stopped, by=request.actor, at=clock.now()),
        "known": of_number(request.organisation.pk, stopped.number),
    }
    return render(request, "desk/parcel.html", context)
