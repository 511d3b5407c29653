"""Who is told of what is about to be done, and how: a page promises nothing else."""

from datetime import datetime

from mediane.casework.actions.cancelling import in_words, to_come
from mediane.casework.models import Case
from mediane.casework.queries.postings import Way, came_back_from, notice_address, place_of, way_to_tell
from mediane.casework.queries.reaching import reaching
from mediane.journal.rules import Actor
from mediane.referrals.rules import Wish
from mediane.web.desk.post import doubt_in_words

PERSON = {
    Way.EMAIL: "Un courriel dit à la personne qu’un message l’attend dans son espace de suivi.",
    Way.PAPER: "Aucun courriel ne part vers la personne\u00a0: une lettre s’ajoute au courrier à imprimer.",
    Way.SPACE: "La personne ne peut recevoir ni courriel ni lettre\u00a0: "
    "elle le lira seulement dans son espace de suivi.",
}

# Where a signed letter goes, in the same gesture.
LETTER = {
    Way.EMAIL: "Cette lettre sera déposée dans son espace de suivi\u00a0; un courriel l’en avertira, "
    "sans rien en dire.",
    Way.PAPER: "Cette lettre sera déposée dans son espace de suivi\u00a0; elle sera aussi à imprimer "
    "et à poster.",
    Way.SPACE: "Cette lettre sera déposée dans son espace de suivi, et seulement là\u00a0: "
    "ni courriel ni lettre ne peuvent partir. Prévenez aussi la personne de vive voix.",
}
MAY_COME_TOO_LATE = "Elle peut arriver trop tard\u00a0: prévenez aussi la personne de vive voix."
MAY_HAVE_MOVED = "Avant de l’envoyer, vérifiez l’adresse\u00a0: la personne a pu déménager."


def told_by_notice(said: Wish) -> str:
    """Of what she will read in her space."""
    if notice_address(said):
        return "Un courriel l’avertit, sans rien en dire."
    if said.notice_by_email:
        return "Aucun courriel ne part\u00a0: aucune adresse n’est connue."
    return "Aucun courriel ne part\u00a0: la personne n’en veut pas."


def told(case: Case) -> str:
    """Of what is said on paper where no e-mail leaves."""
    return PERSON[way_to_tell(case)]


def told_of_letter(case: Case) -> str:
    """Of a letter about to be signed, with the doubt about where it would be posted."""
    way = way_to_tell(case)
    if way is Way.PAPER and (back := came_back_from(case, place_of(reaching(case)))):
        return f"{LETTER[way]} {doubt_in_words(back)}"
    return LETTER[way]


def told_of_transfer(case: Case) -> str:
    said = told(case)
    return f"{said} {MAY_HAVE_MOVED}" if said == PERSON[Way.PAPER] else said


def told_of_cancelled(case: Case, at: datetime) -> str:
    """Of the appointments that a closing cancels; nothing, when none is to come."""
    meetings = [in_words(one) for one in to_come(case.pk, at).order_by("starts_at", "pk")]
    if not meetings:
        return ""
    what = "le rendez-vous prévu" if len(meetings) == 1 else "les rendez-vous prévus"
    when = "\u00a0; ".join(meetings)
    said = [f"Fermer le dossier annule {what}\u00a0: {when}."]
    way = way_to_tell(case)
    said.append(PERSON[way])
    if way is Way.PAPER:
        said.append(MAY_COME_TOO_LATE)
    return " ".join(said)


def told_of_merge(kept: Case, duplicate: Case, by: Actor, at: datetime) -> str:
    said = [told(duplicate)]
    if duplicate.assignee is not None and duplicate.assignee_id != by.id:
        said.append(f"{duplicate.assignee.full_name}, qui le suivait, le voit sur son plan de travail.")
    if cancelled := told_of_cancelled(duplicate, at):
        said.append(cancelled)
    if kept.assignee is not None and kept.assignee_id != by.id:
        said.append(f"Le dossier gardé est signalé à {kept.assignee.full_name}, qui le suit.")
    return " ".join(said)
