"""The bodies proposed for a case, from what is known of it."""

from datetime import date

from mediane.casework.models import Case
from mediane.casework.rules.right_body import Known, Proposal, propose
from mediane.catalogue.models import Benefit
from mediane.catalogue.queries import every


def proposals(case: Case, day: date) -> list[Proposal]:
    """Read around a case that was consulted."""
    referral = case.referral
    answers = referral.check_passed.answers if referral.check_passed else referral.answers
    return propose(
        Known(
            day=day,
            caf_code=case.organisation.code,
            benefits=frozenset(case.benefits),
            text=". ".join((referral.decision_contested, referral.asked, referral.explanation)),
            subject=answers.get("subject") or "",
            has_complained=referral.complaint_id is not None or bool(answers.get("has_complained")),
            courts={code: benefit.court for code, benefit in every(Benefit).items()},
        )
    )
