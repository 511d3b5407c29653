"""The file of a redirected request, as the body that decides will read it."""

from django.conf import settings

from mediane.casework.models import Case, Forwarding
from mediane.casework.queries.reaching import reaching
from mediane.casework.rules.reach import Reach, reach
from mediane.catalogue.models import Benefit, Body, Reason
from mediane.catalogue.queries import every, labels
from mediane.correspondence.paper import ForwardingSheet
from mediane.correspondence.queries.sheets import service_lines
from mediane.correspondence.queries.values import named_in
from mediane.kit import clock
from mediane.kit.french import join, long_date
from mediane.referrals.queries import documents_of
from mediane.referrals.rules import told_elsewhere


def forwarding_of(case: Case) -> Forwarding | None:
    """Of the redirection that stands, once it was prepared."""
    known = Forwarding.objects.select_related("reorientation").filter(reorientation__case=case)
    last = case.reorientations.order_by("rank").last()
    return next((one for one in known if last and one.reorientation_id == last.pk), None)


def reach_of(case: Case, body: str) -> Reach:
    caf = case.organisation
    return reach(every(Body)[body], caf=caf.name, caf_address=caf.postal_address)


def forwarding_sheet(case: Case, forwarding: Forwarding) -> ForwardingSheet:
    """The person's own words and what they contest. Left out on purpose: notes, messages, deadlines, the
    number in the Caf where the body is another, and the documents themselves."""
    caf, person, referral = case.organisation, case.beneficiary, case.referral
    sent = forwarding.reorientation
    body = every(Body)[sent.body]
    prepared_on = clock.day_of(forwarding.prepared_at, caf.time_zone)
    return ForwardingSheet(
        service=service_lines(case),
        address=_address(case, body),
        place=caf.city or caf.department,
        date=long_date(prepared_on),
        created=forwarding.prepared_at,
        reference=case.reference,
        beneficiary_number=person.number if body.is_at_the_caf else "",
        demonstration=settings.DEMONSTRATION,
        agreed=long_date(forwarding.agreed_on),
        person=person.polite_name,
        contact=_contact(case),
        benefits=join(labels(Benefit, case.benefits)),
        decision=_decision(case),
        received=long_date(case.received_on),
        why=every(Reason)[sent.reason].label,
        asked=referral.asked,
        explanation=tuple(part for part in referral.explanation.splitlines() if part.strip()),
        documents=tuple(document.shown_name for document in documents_of(referral)),
    )


def _address(case: Case, body: Body) -> tuple[str, ...]:
    known = reach_of(case, body.code)
    name = named_in(body, case.organisation.code, case.received_on)
    named = name[:1].upper() + name[1:]
    return known.address or (named, "(adresse à demander)")


def _contact(case: Case) -> tuple[str, ...]:
    """Where the person said that it is safe to reach them; elsewhere as the account says."""
    said = reaching(case)
    ways = told_elsewhere(said.contact, said.account, by_email=said.notice_by_email)
    return tuple(", ".join(way.splitlines()) for way in ways)


def _decision(case: Case) -> str:
    told, on = case.referral.decision_contested, case.referral.decision_on
    return f"{told}, notifiée le {long_date(on)}" if told and on else told
