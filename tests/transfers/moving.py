"""A case on its way from Paris to Tarn-et-Garonne."""

from datetime import date, datetime, timedelta
from typing import Any

from mediane.casework import actions as casework
from mediane.casework.actions import Departure
from mediane.casework.models import Case
from mediane.casework.states import WhyTransferred
from mediane.correspondence import actions as correspondence
from mediane.correspondence.actions import LetterText, Ruling
from mediane.correspondence.models import Kind
from mediane.correspondence.queries import template_of, values_of
from mediane.correspondence.rules.merging import merge
from mediane.kit import rowsecurity
from mediane.transfers import actions
from mediane.transfers.models import Parcel
from tests.cast import Cast
from tests.stories import a_studied_case

NUMBER = "8123456"
MOVED_ON = date(2026, 11, 2)


def departure(cast: Cast, **differs: Any) -> Departure:
    known = {"to": cast.tarn, "number": NUMBER, "reason": WhyTransferred.MOVED, "moved_on": MOVED_ON}
    return Departure(**known | differs)


def an_admitted_case(cast: Cast, at: datetime) -> Case:
    """Taken up, admitted with its letter, with a message and a private note."""
    case = a_studied_case(cast.samira, cast.claire, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        today = date(2026, 11, 12)
        template = template_of(Kind.ADMISSIBLE, today)
        body = merge(template.body, values_of(case, today)).text
        correspondence.decide_admissible(
            case=case,
            ruling=Ruling(notified_on=today),
            letter=LetterText(template, body),
            by=cast.claire,
            at=at + timedelta(days=3),
        )
        casework.note(case=case, text="Elle a l’air épuisée.", by=cast.nadia, at=at)
        casework.write_to_person(case=case, body="Où habitez-vous maintenant ?", by=cast.nadia, at=at)
    return case


def sent(case: Case, cast: Cast, at: datetime, **differs: Any) -> Parcel:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        return actions.send(case=case, departure=departure(cast, **differs), by=cast.nadia, at=at)


def packed(case: Case, cast: Cast, at: datetime, **differs: Any) -> Parcel:
    parcel = sent(case, cast, at, **differs)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        actions.pack(parcel=parcel, at=at)
    return parcel


def taken_in(parcel: Parcel, cast: Cast, at: datetime) -> Case | None:
    """As the job of the receiving Caf does, in its context alone."""
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        return actions.take_in(parcel=Parcel.objects.get(pk=parcel.pk), at=at)
