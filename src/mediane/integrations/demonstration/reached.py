"""Somebody telephones: what she once asked no longer holds, and she says how to reach her now."""

from datetime import timedelta

from mediane.casework import actions as casework
from mediane.casework.models import Case
from mediane.casework.states import Heard
from mediane.integrations.demonstration.story import Service
from mediane.kit import rowsecurity

WHO = "1847725"
SAYS = {"address": "Chez Madame Le Bihan\n8 rue des Lilas\n75019 Paris", "hours": "Plutôt le matin"}
NOTE = "Elle habite chez sa sœur jusqu’à l’été et veut bien nos courriels. Rappelée au numéro de son compte."
AGO = timedelta(minutes=20)


def say_again(service: Service) -> None:
    at = service.now - AGO
    with rowsecurity.working_for(rowsecurity.staff(service.caf.pk)):
        cases = Case.objects.select_related("beneficiary__organisation", "key").of(service.caf.pk)
        case = cases.filter(beneficiary__number=WHO, received_at__lt=at).order_by("-received_at").first()
        if case is None:
            return
        said = casework.Said(contact=SAYS, notice_by_email=True, heard=Heard.PHONE, note=NOTE, seen_at=at)
        casework.note_how_to_reach(case=case, said=said, by=service.team[-1], at=at)
