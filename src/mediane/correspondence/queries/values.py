from collections.abc import Iterable
from datetime import date

from mediane.casework.models import Case
from mediane.casework.rules.deadlines import Kind as DeadlineKind
from mediane.casework.rules.reach import reach
from mediane.casework.rules.rsa_authority import rsa_authority
from mediane.catalogue.models import Benefit, Body, Reason
from mediane.catalogue.queries import every, labels
from mediane.correspondence.rules.advice import ADVICE
from mediane.correspondence.rules.review import Remedy
from mediane.kit.french import join, long_date

NO_PRIOR_APPEAL = "aucun"
FORWARDED = (
    "Vous avez donné votre accord le {}\u00a0: nous lui transmettons votre demande "
    "et la liste de vos documents. Vous pouvez aussi le contacter directement."
)
NOT_FORWARDED = (
    "Sans votre accord, nous ne lui transmettons rien. Vous pouvez le contacter directement, "
    "ou nous écrire si vous voulez que nous lui transmettions votre demande."
)


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
        "voies_de_recours": remedies_in_words(case.benefits),
    }


def ruling_values(
    case: Case,
    *,
    reason: str = "",
    body: str = "",
    agreed_on: date | None = None,
    seized_on: date | None = None,
) -> dict[str, str]:
    """What a decision adds; codes are those of the catalogue."""
    values = {"date_tribunal": _day(seized_on)}
    if reason:
        values |= {"motif": every(Reason)[reason].sentence, "demarche": ADVICE.get(reason, "")}
    if body:
        values |= _of_the_body(every(Body)[body], case, agreed_on)
    return values


def _of_the_body(body: Body, case: Case, agreed_on: date | None) -> dict[str, str]:
    caf = case.organisation
    ways = reach(body, caf=caf.name, caf_address=caf.postal_address).lines()
    return {
        "organisme_competent": named_in(body, caf.code, case.received_on),
        "role_de_l_organisme": body.help,
        "joindre_l_organisme": "\n".join(f"- {way}" for way in ways),
        "transmission": FORWARDED.format(_day(agreed_on)) if agreed_on else NOT_FORWARDED,
    }


def named_in(body: Body, caf_code: str, day: date) -> str:
    """Its name where the person lives: the département of the RSA has successors."""
    if body.code != "DEPARTMENT":
        return body.with_article
    authority = rsa_authority(caf_code, day)
    return body.with_article if authority.decides_at_the_caf else authority.with_article


def remedies_in_words(benefits: Iterable[str]) -> str:
    """One line for each benefit, by its code."""
    return "\n".join(_remedy(every(Benefit)[code]) for code in benefits)


def remedies_of(case: Case) -> list[Remedy]:
    """What its reply has to say of how to contest, benefit by benefit."""
    benefits = [every(Benefit)[code] for code in case.benefits]
    return [Remedy(one.label, _first(one.prior_appeal), one.court) for one in benefits]


def _first(prior_appeal: str) -> str:
    return "" if prior_appeal == NO_PRIOR_APPEAL else prior_appeal


def _remedy(benefit: Benefit) -> str:
    if benefit.prior_appeal == NO_PRIOR_APPEAL:
        return f"- {benefit.label} : saisissez directement le {benefit.court}."
    return f"- {benefit.label} : saisissez d’abord {benefit.prior_appeal}. Ensuite, le {benefit.court}."


def _day(day: date | None) -> str:
    return long_date(day) if day else ""
