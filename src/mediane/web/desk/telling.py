"""Who is told of what is about to be done, and how: a page promises nothing else."""

from mediane.casework.models import Case
from mediane.casework.queries.postings import Way, notice_address, way_to_tell
from mediane.journal.rules import Actor
from mediane.referrals.rules import Wish

PERSON = {
    Way.EMAIL: "Un courriel dit à la personne qu’un message l’attend dans son espace de suivi.",
    Way.PAPER: "Aucun courriel ne part vers la personne\u00a0: une lettre s’ajoute au courrier à imprimer.",
    Way.SPACE: "La personne ne peut recevoir ni courriel ni lettre\u00a0: "
    "elle le lira seulement dans son espace de suivi.",
}

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


def told_of_transfer(case: Case) -> str:
    said = told(case)
    return f"{said} {MAY_HAVE_MOVED}" if said == PERSON[Way.PAPER] else said


def told_of_merge(kept: Case, duplicate: Case, by: Actor) -> str:
    said = [told(duplicate)]
    if duplicate.assignee is not None and duplicate.assignee_id != by.id:
        said.append(f"{duplicate.assignee.full_name}, qui le suivait, le voit sur son plan de travail.")
    if kept.assignee is not None and kept.assignee_id != by.id:
        said.append(f"Le dossier gardé est signalé à {kept.assignee.full_name}, qui le suit.")
    return " ".join(said)
