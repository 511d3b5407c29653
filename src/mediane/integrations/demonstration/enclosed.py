"""Replies being written, with documents scanned from the post beside them: one goes with each, one may."""

from datetime import timedelta

from mediane.casework.models import Case
from mediane.correspondence import actions as correspondence
from mediane.correspondence.queries import draft_reply_of
from mediane.correspondence.rules.enclosed import Ticked
from mediane.documents import actions as documents
from mediane.integrations.demonstration.papers import sheet
from mediane.integrations.demonstration.story import Service
from mediane.kit import rowsecurity

CAF = "75"
A_MINUTE, LATELY = timedelta(minutes=1), timedelta(days=9)
SCANNED = ("Releve-de-situation.pdf", "Bulletins-de-salaire.jpg")


def join(service: Service) -> None:
    if service.caf.code != CAF:
        return
    with rowsecurity.working_for(rowsecurity.staff(service.caf.pk)):
        written = Case.objects.of(service.caf.pk).filter(closed_at=None, has_draft_reply=True)
        for case in written.select_related("organisation", "beneficiary", "key").order_by(
            "received_at", "pk"
        ):
            _join(service, case)


def _join(service: Service, case: Case) -> None:
    letter = draft_reply_of(case)
    if letter is None:
        return
    letter.case = case
    by = next((one for one in service.team if one.name == letter.saved_by), service.mediator)
    first, _ = [
        documents.deposit(
            name=name, data=sheet(name), position=rank, key=case.key, by=by, at=service.now - LATELY
        )
        for rank, name in enumerate(SCANNED, 2)
    ]
    ticked = Ticked((first.public_id,), ())
    edit = correspondence.Edit(letter.title, letter.body, letter.version, ticked=ticked)
    correspondence.save_reply(letter=letter, edit=edit, by=by, at=service.now - A_MINUTE)
