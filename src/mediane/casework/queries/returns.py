"""Whether a person comes back after a redirection, and why it is thought so. A human says it."""

from dataclasses import dataclass

from mediane.casework.models import Case, Reorientation
from mediane.casework.queries.listed import Listed
from mediane.casework.queries.near_cases import Near, Said
from mediane.casework.states import Kinship, State
from mediane.catalogue.models import Body
from mediane.catalogue.queries import every
from mediane.kit import clock
from mediane.kit.french import long_date


@dataclass(frozen=True)
class Returned:
    """The person comes back after a redirection: from which body, what was asked then, who said so."""

    earlier: Listed
    sent: Reorientation
    said: Said | None


def returned(case: Case, others: list[Near]) -> Returned | None:
    """The last case of the same person redirected before this one came; none once said to be otherwise."""
    redirected = {
        near.listed.reference: near
        for near in others
        if near.is_same_person
        and near.listed.state == State.REDIRECTED
        and (near.said is None or (near.said.kinship == Kinship.RETURN and not near.said.is_first))
    }
    if not redirected:
        return None
    sent = Reorientation.objects.select_related("case").filter(
        case__organisation_id=case.organisation_id, case__reference__in=redirected
    )
    # Of each case, the redirection that stands; it may have been closed otherwise before.
    last = {one.case.reference: one for one in sent.order_by("rank")}
    for reference, near in redirected.items():
        if last[reference].decided_at <= case.received_at:
            return Returned(near.listed, last[reference], near.said)
    return None


def redirected_before(earlier: Case, later: Case) -> Reorientation | None:
    """The redirection that stands on a case, if the other one came after it."""
    if earlier.state != State.REDIRECTED:
        return None
    sent = earlier.reorientations.order_by("rank").last()
    return sent if sent is not None and sent.decided_at <= later.received_at else None


def why_returned(sent: Reorientation, time_zone: str) -> str:
    day = long_date(clock.day_of(sent.decided_at, time_zone))
    return f"Réorientée vers {every(Body)[sent.body].with_article} le {day}"
