"""What the service took part in, year after year; and who asks, where the service noted it."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from mediane.casework import actions as casework
from mediane.casework.actions import Social
from mediane.casework.models import Case
from mediane.catalogue.models import AgeBand, Household, QuotientBand
from mediane.catalogue.queries import every
from mediane.events.actions import Told, enter_event
from mediane.integrations.demonstration.moments import after_the_rest
from mediane.integrations.demonstration.story import Service
from mediane.kit import rowsecurity

FIRST_YEAR = 2019
# Month, day, kind, title, with whom, what came of it.
EACH_YEAR = (
    (1, 23, "MANAGERS", "Réunion des cadres de janvier", "Encadrement de la Caf", "Les délais de l’année."),
    (
        3,
        12,
        "PARTNERS",
        "Matinée des partenaires",
        "Centres sociaux, points d’accueil, associations",
        "Un rappel de ce que la médiation peut faire, et de ce qu’elle ne peut pas.",
    ),
    (
        5,
        28,
        "SERVICE",
        "Point avec le service des prestations",
        "Service des prestations",
        "Les retours de trimestre\u00a0: causes, erreurs constatées, propositions suivies.",
    ),
    (
        9,
        17,
        "COMMISSION",
        "Commission de la fraude",
        "Contrôle, agence comptable",
        "La médiation rappelle que la personne doit pouvoir répondre avant la sanction.",
    ),
    (
        10,
        8,
        "NETWORK",
        "Journée du réseau de la médiation",
        "Médiatrices et médiateurs des Caf",
        "Échanges de pratiques sur les demandes hors médiation.",
    ),
    (
        11,
        26,
        "CAMPAIGN",
        "Courriels d’information sur les contrôles de ressources",
        "Communication",
        "Prévenir avant l’échéance plutôt qu’expliquer après.",
    ),
)
# By Caf: a day that came once.
ONCE = {
    "75": (
        Told(
            on=date(2023, 12, 13),
            kind="PARTNERS",
            title="Une matinée d’échanges avec nos partenaires",
            with_whom="Délégués du Défenseur des droits, médiateurs d’autres organismes, services sociaux",
            outcome="Le bilan, les missions et la façon de travailler ensemble.",
        ),
    )
}
NOTED = 0.7  # of the requests, where the service wrote what it knew
A_MINUTE, AN_HOUR = timedelta(minutes=1), timedelta(hours=1)


def remember(service: Service) -> None:
    """Events since the first year, and those of the diary; social facts of the living cases."""
    chance = Random(f"who asks in {service.caf.code}")  # noqa: S311 — nothing secret is drawn
    with rowsecurity.working_for(rowsecurity.staff(service.caf.pk)):
        for told in (*_events(service.today), *ONCE.get(service.caf.code, ())):
            enter_event(told=told, by=service.mediator, at=service.now - A_MINUTE)
        cases = Case.objects.of(service.caf.pk).select_related("organisation").order_by("pk")
        for case in cases:
            if chance.random() < NOTED:
                at = after_the_rest(case, case.received_at + AN_HOUR, now=service.now)
                casework.note_social(case=case, social=_drawn(chance), by=service.mediator, at=at)


def _events(today: date) -> Iterator[Told]:
    """What is past has an outcome; what is in the diary does not yet."""
    for year in range(FIRST_YEAR, today.year + 1):
        for month, day, kind, title, with_whom, outcome in EACH_YEAR:
            on = date(year, month, day)
            said = outcome if on <= today else ""
            yield Told(on=on, kind=kind, title=title, with_whom=with_whom, outcome=said)


def _drawn(chance: Random) -> Social:
    """Some know the household only: each may be left out."""
    return Social(
        household=chance.choice(list(every(Household))),
        age=chance.choice(["", *every(AgeBand)]),
        quotient=chance.choice(["", *every(QuotientBand)]),
    )
