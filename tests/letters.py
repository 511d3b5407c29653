"""A reply that may be signed: it says why, and names the tribunal of the benefit of tests/stories.py."""

from datetime import datetime

from mediane.casework.models import Case
from mediane.correspondence import actions, queries
from mediane.correspondence.actions import Edit
from mediane.correspondence.models import Kind, Letter
from mediane.journal.rules import Actor

TITLE = "La Caf révise"
LETTER = """Madame,

## Ce que j’ai constaté

Votre salaire d’avril a été compté deux fois.

## Si vous n’êtes pas d’accord

Vous pouvez faire un recours auprès de la direction de la Caf. Ensuite,
vous pouvez saisir le tribunal administratif."""


def a_reply(by: Actor, at: datetime, *, easy: str = "") -> Letter:
    """The draft of the only case there is, ready to be signed; in a context that may write it."""
    case = Case.objects.select_related("organisation", "beneficiary", "referral", "key").get()
    template = queries.templates_of(Kind.REPLY, at.date())[0]
    letter = actions.begin_reply(case=case, template=template, by=by, at=at)
    actions.save_reply(letter=letter, edit=Edit(TITLE, LETTER, 1, easy=easy), by=by, at=at)
    return letter
