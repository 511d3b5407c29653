"""Who is told of a merge, and how: what the page promises before it is done."""

from mediane.casework.models import Case
from mediane.casework.queries.postings import Way, way_to_tell
from mediane.journal.rules import Actor

PERSON = {
    Way.EMAIL: "Un courriel dit à la personne qu’un message l’attend dans son espace de suivi.",
    Way.PAPER: "Aucun courriel ne part vers la personne\u00a0: une lettre s’ajoute au courrier à imprimer.",
    Way.SPACE: "La personne ne peut recevoir ni courriel ni lettre\u00a0: "
    "elle le lira seulement dans son espace de suivi.",
}


def told_of_merge(kept: Case, duplicate: Case, by: Actor) -> str:
    said = [PERSON[way_to_tell(duplicate)]]
    if duplicate.assignee is not None and duplicate.assignee_id != by.id:
        said.append(f"{duplicate.assignee.full_name}, qui le suivait, le voit sur son plan de travail.")
    if kept.assignee is not None and kept.assignee_id != by.id:
        said.append(f"Le dossier gardé est signalé à {kept.assignee.full_name}, qui le suit.")
    return " ".join(said)
