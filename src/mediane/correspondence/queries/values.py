from datetime import date

from mediane.casework.models import Case
from mediane.casework.rules.deadlines import Kind as DeadlineKind
from mediane.catalogue.models import Benefit, Body, Reason
from mediane.catalogue.queries import every, labels
from mediane.correspondence.rules.advice import ADVICE
from mediane.kit.french import join, long_date

NO_PRIOR_APPEAL = "aucun"


def values_of(case: Case, today: date) -> dict[str, str]:
    """What the case gives to a letter. A promised day already past gives nothing: it must be written anew."""
    person, caf, referral = case.beneficiary, case.organisation, case.referral
    due = {deadline.kind: deadline.due_on for deadline in case.deadlines.all() if deadline.due_on > today}
    return {
        "formule_d_appel": person.formal_address,
        "nom": person.polite_name,
        "caf": caf.name,
        "reference": case.reference,
        "date_de_saisine": long_date(case.received_on),
        "prestations": join(labels(Benefit, case.benefits)),
        "decision_contestee": referral.decision_contested,
        "date_de_la_decision": _day(referral.decision_on),
        "suivi_par": case.assignee.full_name if case.assignee else "",
        "telephone_du_service": caf.phone,
        "date_recevabilite": _day(due.get(DeadlineKind.ADMISSIBILITY)),
        "date_reponse": _day(due.get(DeadlineKind.REPLY)),
        "voies_de_recours": "\n".join(_remedy(every(Benefit)[code]) for code in case.benefits),
    }


def ruling_values(*, reason: str = "", body: str = "", seized_on: date | None = None) -> dict[str, str]:
    """What a decision adds; codes are those of the catalogue."""
    values = {"date_tribunal": _day(seized_on)}
    if reason:
        values |= {"motif": every(Reason)[reason].sentence, "demarche": ADVICE.get(reason, "")}
    if body:
        chosen = every(Body)[body]
        values |= {"organisme_competent": chosen.with_article, "role_de_l_organisme": chosen.help}
    return values


def _remedy(benefit: Benefit) -> str:
    if benefit.prior_appeal == NO_PRIOR_APPEAL:
        return f"- {benefit.label} : saisissez directement le {benefit.court}."
    return f"- {benefit.label} : saisissez d’abord {benefit.prior_appeal}. Ensuite, le {benefit.court}."


def _day(day: date | None) -> str:
    return long_date(day) if day else ""
