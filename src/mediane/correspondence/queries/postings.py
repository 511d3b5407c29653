"""What is printed of the letters that leave by hand, drawn from the case as it is now."""

from typing import Any

from django.conf import settings

from mediane.casework.models import Appointment, Case, Link, Posting, RequestedDocument
from mediane.casework.rules.meetings import meeting_in_words
from mediane.casework.states import AppointmentState, Kinship, Paper, Way, WhyTransferred
from mediane.catalogue.models import Body
from mediane.catalogue.queries import every
from mediane.correspondence.models import Letter
from mediane.correspondence.paper import LetterSheet, heading, letter_pdf, paragraph, receipt_pdf
from mediane.correspondence.queries.enclosures import whole_pdf
from mediane.correspondence.queries.letters import signed_letter
from mediane.correspondence.queries.receipts import BY_POST_FOOT, receipt_sheet
from mediane.correspondence.queries.sheets import CLOSING, address_of, head_of, house_lines, service_lines
from mediane.documents.rules.printed import bound
from mediane.kit import clock
from mediane.kit.french import contracted, long_date

SERVICE = "Service médiation"
TO_ANYBODY = "Madame, Monsieur"
CONFIDENTIAL = (
    "La médiation est confidentielle. Sans mandat de la personne concernée, nous ne pouvons rien vous dire "
    "de plus, ni si un dossier est ouvert, ni de la suite donnée. C’est à elle seule que nous écrivons."
)
MANDATE = (
    "Une personne peut vous donner un mandat, en ligne ou par un écrit daté et signé. "
    "Il dit qui la représente, pour quelle demande, et jusqu’à quand."
)


def posting_pdf(posting: Posting) -> bytes:
    if posting.kind == Paper.RECEIPT:
        return receipt_pdf(receipt_sheet(posting.case))
    if posting.kind == Paper.LETTER:
        return _signed(posting)
    return letter_pdf(posting_sheet(posting))


def _signed(posting: Posting) -> bytes:
    """The letter as it was signed, and what goes with it; under a page with today’s address, if another.

    :raises NotYetMade: in the seconds before the job has made it.
    """
    letter = _letter_of(posting)
    made = whole_pdf(letter)
    if head_of(letter).address == address_of(posting.case):
        return made
    return bound([letter_pdf(posting_sheet(posting)), made])


def _letter_of(posting: Posting) -> Letter:
    if posting.letter is None:
        raise ValueError("only the posting of a signed letter carries one")
    letter = signed_letter(posting.case, posting.letter)
    letter.case = posting.case
    return letter


def posting_sheet(posting: Posting) -> LetterSheet:
    """Of any but the receipt of a request, which is no letter."""
    drawn = {
        Paper.LETTER: _cover,
        Paper.SENDER: _to_sender,
        Paper.MERGED: _merged,
        Paper.SEPARATED: _separated,
        Paper.TRANSFERRED: _transferred,
        Paper.CANCELLED: _cancelled,
        Paper.AWAITED: _awaited,
        Paper.MOVED: _moved,
    }
    return drawn[Paper(posting.kind)](posting)


def _to_sender(posting: Posting) -> LetterSheet:
    """That their own letter was received, and nothing that is the person’s: no name, number nor reference."""
    caf, on = posting.case.organisation, long_date(posting.received_on or posting.case.received_on)
    return LetterSheet(
        **_dated(posting),
        service=house_lines(caf),
        address=(posting.name, *posting.address.splitlines()),
        reference=f"Votre envoi reçu le {on}",
        beneficiary_number="",
        title="Nous avons bien reçu votre envoi",
        salutation=f"{TO_ANYBODY},",
        body=(
            paragraph(f"Le service médiation a bien reçu, le {on}, ce que vous lui avez adressé."),
            heading("Ce que nous pouvons vous dire"),
            paragraph(CONFIDENTIAL),
            heading("Parler au nom de quelqu’un"),
            paragraph(MANDATE),
        ),
        closing=CLOSING.format(TO_ANYBODY),
        signature_name=SERVICE,
        signature_title=caf.name,
        foot=("La médiation est gratuite et confidentielle.",),
    )


def _merged(posting: Posting) -> LetterSheet:
    case = posting.case
    # Printed again once they are seen otherwise, it says what it said.
    said_so = Link.objects.select_related("earlier").filter(later=case, kinship=Kinship.DUPLICATE)
    kept = said_so.latest("decided_at").earlier
    said = (
        f"Nous avons reçu deux fois la même demande de votre part\u00a0: le {long_date(kept.received_on)}, "
        f"sous la référence {kept.reference}, puis le {long_date(case.received_on)}, "
        f"sous la référence {case.reference}.",
        f"Nous les étudions ensemble, sous la référence {kept.reference}. Vous recevrez une seule réponse, "
        f"pour les deux. Les délais partent du {long_date(kept.received_on)}.",
        "Vous n’avez rien à refaire. Si ce sont deux demandes différentes, dites-le-nous.",
    )
    return _to_person(posting, "Vos deux demandes sont réunies", said)


def _separated(posting: Posting) -> LetterSheet:
    case = posting.case
    said = (
        f"Nous vous avions écrit que votre demande {case.reference}, reçue le {long_date(case.received_on)}, "
        "était réunie à une autre de vos demandes.",
        "Après un nouvel examen, nous l’étudions à part. Chaque demande aura sa réponse. "
        f"Les délais de celle-ci partent toujours du {long_date(case.received_on)}.",
        "Vous n’avez rien à refaire.",
    )
    return _to_person(posting, "Votre demande est étudiée à part", said)


def _transferred(posting: Posting) -> LetterSheet:
    case, sent = posting.case, posting.case.file_transfer
    now_at, received = sent.to.of_name, long_date(case.received_on)
    why = {
        WhyTransferred.MOVED: f"Vous dépendez de {now_at} depuis le {long_date(sent.moved_on)}\u00a0: "
        "c’est son service médiation qui vous répondra.",
        WhyTransferred.WRONG_CAF: f"C’est {now_at} qui doit y répondre, par son service médiation.",
    }
    said = (
        f"Nous avons transmis à {now_at} votre demande {case.reference}, reçue le {received}. "
        f"{why[WhyTransferred(sent.reason)]} Les délais partent toujours du {received}.",
        "Votre demande, vos documents et nos lettres y sont copiés. Vous n’avez rien à refaire.",
        f"Pour savoir où elle en est, écrivez ou téléphonez à ce service\u00a0: "
        f"{', '.join(house_lines(sent.to))}. Votre demande y aura une nouvelle référence.",
    )
    return _to_person(posting, "Votre demande est transmise à une autre Caf", said)


def _cancelled(posting: Posting) -> LetterSheet:
    """All that the service cancelled and whose hour had not come."""
    case = posting.case
    ended = Appointment.objects.filter(
        case=case,
        state=AppointmentState.CANCELLED_BY_SERVICE,
        ended_at__lte=posting.prepared_at,
        starts_at__gt=posting.prepared_at,
    )
    zone = case.organisation.time_zone
    meetings = [
        meeting_in_words(Way(one.way), one.starts_at, zone) for one in ended.order_by("starts_at", "pk")
    ]
    several, when = len(meetings) > 1, "\u00a0; ".join(meetings)
    about = f"pour votre demande {case.reference}, reçue le {long_date(case.received_on)}"
    said = (
        f"{'Les rendez-vous prévus' if several else 'Le rendez-vous prévu'} {about}, "
        f"{'n’auront' if several else 'n’aura'} pas lieu\u00a0: {when}.",
        "Notre service a fini de suivre ce dossier. Vous n’avez rien à faire.",
        "Si vous souhaitez nous parler, écrivez-nous ou téléphonez-nous.",
    )
    title = "Vos rendez-vous sont annulés" if several else "Votre rendez-vous est annulé"
    return _to_person(posting, title, said)


def _cover(posting: Posting) -> LetterSheet:
    """Before a signed letter, which never changes: where it goes now."""
    letter, zone = _letter_of(posting), posting.case.organisation.time_zone
    on = long_date(clock.day_of(letter.signed_at or letter.saved_at, zone))
    said = (
        f"Vous trouverez à la suite notre lettre du {on}, «\u00a0{letter.title}\u00a0», telle qu’elle a été "
        "signée. Elle porte une adresse que vous nous aviez donnée avant.",
        "Elle se lit aussi dans votre espace de suivi.",
    )
    return _to_person(posting, f"Notre lettre du {on}", said)


def _awaited(posting: Posting) -> LetterSheet:
    """What is still missing the day it is printed."""
    listed, about = _asked_for(posting.case), _request_of(posting.case)
    said = (
        f"Pour étudier {about}, nous vous avons demandé\u00a0: {listed}."
        if listed
        else f"Nous n’attendons plus de document pour {about}.",
        "Si vous ne pouvez pas envoyer un document, écrivez-nous ou téléphonez-nous pour le dire. "
        "Si vous l’avez déjà envoyé, ne tenez pas compte de cette lettre.",
        "L’étude de votre demande continue en attendant.",
    )
    return _to_person(posting, "Des documents que nous attendons de vous", said)


def _moved(posting: Posting) -> LetterSheet:
    """Until when each thing is awaited, as it stands the day it is printed."""
    case = posting.case
    listed, about = _asked_for(case), _request_of(case)
    held = [
        f"La décision {contracted('de', every(Body)[hold.body].with_article)} est attendue jusqu’au "
        f"{long_date(hold.look_again_on)}. Vous n’avez rien à envoyer pour elle."
        for hold in case.holds.filter(ended_on=None).order_by("pk")
    ]
    asked = [f"Nous vous avons demandé\u00a0: {listed}."] if listed else []
    said = (
        f"Une date a changé pour {about}. Voici ce que nous attendons, et jusqu’à quel jour.",
        *held,
        *asked,
        "Si cette date n’est pas claire, ou ne vous convient pas, écrivez-nous ou téléphonez-nous.",
    )
    return _to_person(posting, "Une date de votre dossier a changé", said)


def _asked_for(case: Case) -> str:
    """What the person has not sent yet, each with its day."""
    missing = RequestedDocument.objects.filter(
        request__case=case, request__closed_at=None, answered_at=None
    ).select_related("request")
    items = missing.order_by("request__due_on", "pk")
    return "\u00a0; ".join(f"{item.label}, pour le {long_date(item.request.due_on)}" for item in items)


def _request_of(case: Case) -> str:
    return f"votre demande {case.reference}, reçue le {long_date(case.received_on)}"


def _to_person(posting: Posting, title: str, said: tuple[str, ...]) -> LetterSheet:
    case = posting.case
    called = case.beneficiary.formal_address
    return LetterSheet(
        **_dated(posting),
        service=service_lines(case),
        address=address_of(case),
        reference=case.reference,
        beneficiary_number=case.beneficiary.number,
        title=title,
        salutation=f"{called},",
        body=tuple(paragraph(words) for words in said),
        closing=CLOSING.format(called),
        signature_name=posting.prepared_by,
        signature_title=SERVICE,
        foot=BY_POST_FOOT,
    )


def _dated(posting: Posting) -> dict[str, Any]:
    caf = posting.case.organisation
    return {
        "place": caf.city or caf.department,
        "date": long_date(clock.day_of(posting.prepared_at, caf.time_zone)),
        "created": posting.prepared_at,
        "demonstration": settings.DEMONSTRATION,
    }
