"""An overpayment explained month by month in a reply being written, and a deduction worked out."""

from datetime import date, timedelta
from decimal import Decimal

from mediane.casework.models import Case
from mediane.correspondence import actions as correspondence
from mediane.correspondence.queries import draft_reply_of
from mediane.debts import actions as debts
from mediane.debts.queries import written_for
from mediane.debts.rules.kept import Asked, Resources, Typed
from mediane.debts.rules.overpayment import month_name
from mediane.debts.rules.schedule import Debt
from mediane.debts.rules.typed import Row
from mediane.integrations.demonstration.story import Service
from mediane.kit import rowsecurity
from mediane.kit.months import months_later

CAF = "75"
A_MINUTE = timedelta(minutes=1)
# Due, paid, why: eight months that end four months ago.
MONTHS = (
    ("212,40", "212,40", ""),
    ("212,40", "398,10", "Salaire déclaré un trimestre trop tard"),
    ("187,25", "398,10", "Salaire déclaré un trimestre trop tard"),
    ("187,25", "398,10", "Salaire déclaré un trimestre trop tard"),
    ("198,60", "398,10", "Salaire déclaré un trimestre trop tard"),
    ("241,30", "198,60", "Loyer mis à jour avec un mois de retard"),
    ("241,30", "241,30", ""),
    ("0", "241,30", "Déménagement le 28 du mois précédent"),
)
DEBTS = (
    Debt("Trop-perçu de prime d’activité", date(2019, 11, 18), Decimal("312.45")),
    Debt("Trop-perçu d’APL", date(2019, 10, 2), Decimal("1842.60")),
)


def tell(service: Service) -> None:
    if service.caf.code != CAF:
        return
    with rowsecurity.working_for(rowsecurity.staff(service.caf.pk)):
        about = Case.objects.of(service.caf.pk).filter(closed_at=None, benefits__contains=["APL"])
        cases = about.select_related("organisation", "beneficiary", "key").order_by(
            "-has_draft_reply", "received_at"
        )
        written = cases.filter(has_draft_reply=True).first()
        if written is not None:
            _explain(service, written)
        for case in cases.filter(grounds__contains=["DEDUCTIONS"])[:1]:
            _work_out(service, case)


def _explain(service: Service, case: Case) -> None:
    last = months_later(service.today, -4)
    rows = [
        Row(month_name(months_later(last, rank - len(MONTHS) + 1)), due, paid, why)
        for rank, (due, paid, why) in enumerate(MONTHS)
    ]
    at, by = service.now - A_MINUTE, service.team[-1]
    debts.save_explanation(case=case, typed=Typed(tuple(rows), "APL"), seen_version=0, by=by, at=at)
    letter = draft_reply_of(case)
    if letter is not None:
        letter.case = case
        joined = written_for(case, service.today).explained
        correspondence.join_explanation(
            letter=letter, joined=joined, seen_version=letter.version, by=by, at=at
        )


def _work_out(service: Service, case: Case) -> None:
    """By the last scale that is known: of 2020, so as not to invent one."""
    asked = Asked(
        first=date(2020, 3, 1),
        resources=Resources.QUARTER,
        income=Decimal("642.80"),
        real=Decimal("1148.30"),
        debts=DEBTS,
    )
    at = service.now - A_MINUTE
    debts.calculate_deduction(case=case, asked=asked, by=service.mediator, at=at)
