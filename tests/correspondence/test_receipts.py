"""One receipt, whoever prints it: the person in the space, or the service for the post."""

from datetime import datetime

from mediane.casework import actions as casework
from mediane.casework.models import Case
from mediane.correspondence.paper import ReceiptSheet
from mediane.correspondence.queries import receipt_sheet
from mediane.kit import rowsecurity
from tests.casework.actions.test_register import RECEIVED, a_letter
from tests.cast import Cast
from tests.stories import a_case


def seen_by(context: rowsecurity.Context, case: Case) -> ReceiptSheet:
    with rowsecurity.working_for(context):
        return receipt_sheet(Case.objects.get(pk=case.pk))


def test_the_person_and_the_service_print_the_same(cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at, safe_contact={"address": "2 rue Sûre\n75002 Paris"})
    own = seen_by(rowsecurity.person(cast.samira.pk), case)
    assert own == seen_by(rowsecurity.staff(cast.paris.pk), case)
    assert own.address[1:] == ("2 rue Sûre", "75002 Paris")
    assert (own.date, own.received) == (
        "9\u00a0novembre\u00a02026",
        "lundi 9\u00a0novembre\u00a02026 à 14\u00a0h\u00a041",
    )
    assert "espace de suivi" in own.foot[0]
    decided, answered = own.next_steps
    assert decided.startswith("Avant le mardi 24\u00a0novembre\u00a0: ")
    assert decided.endswith("vous dit si votre demande peut être étudiée.")
    assert answered.startswith("Avant le mercredi 9\u00a0décembre\u00a0: ")


def test_what_came_by_letter_says_the_day_it_came_and_the_day_it_was_entered(
    cast: Cast, at: datetime
) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        case = casework.register(entry=a_letter(), of=cast.lucette, by=cast.nadia, at=at)
    paper = seen_by(rowsecurity.staff(cast.paris.pk), case)
    assert paper == seen_by(rowsecurity.person(cast.lucette.pk), case)
    assert RECEIVED.day == 2
    assert (paper.received, paper.date) == ("lundi 2\u00a0novembre\u00a02026", "9\u00a0novembre\u00a02026")
    assert "Répondez par courrier" in paper.foot[0]
    assert paper.address[1:] == ("4 rue Haute", "75019 Paris")
