"""The case that everybody opens first has all that helps to look further: nothing there is an empty page."""

from datetime import date, timedelta
from decimal import Decimal

from mediane.appeals.actions import Dated, note_appeal_event
from mediane.appeals.rules.law import paths_for
from mediane.appeals.states import Evidence, Home, Remedies, What
from mediane.casework import actions as casework
from mediane.casework.actions import Social
from mediane.casework.models import Case
from mediane.debts import actions as debts
from mediane.debts.rules.kept import Asked, Resources, Typed
from mediane.debts.rules.overpayment import month_name
from mediane.debts.rules.schedule import Debt
from mediane.debts.rules.typed import Row
from mediane.entitlements.actions import ask_estimate
from mediane.entitlements.rules import Household
from mediane.entitlements.states import Disability, Housing, Zone
from mediane.integrations.demonstration.moments import A_MINUTE, after_the_rest
from mediane.integrations.demonstration.story import Service
from mediane.kit import rowsecurity
from mediane.kit.months import months_later

WHO = "4817263"
OWED = Decimal("1842.60")
# Due and paid for an APL, why: six months that make what she owes, four of which the Caf gives up.
TWICE, LATE = "Salaire d’avril compté deux fois", "Changement d’emploi enregistré en retard"
MONTHS = (
    ("398,10", "398,10", ""),
    *[("91,00", "398,10", TWICE)] * 4,
    *[("91,00", "398,10", LATE)] * 2,
    ("91,00", "91,00", ""),
)
BEFORE_THE_COMPLAINT = timedelta(days=12)
WAGES = Decimal("1148.30")
KNOWN_AS = Social(household="ALONE_CHILDREN", age="30_39", quotient="400_799")


def show(service: Service) -> None:
    with rowsecurity.working_for(rowsecurity.staff(service.caf.pk)):
        cases = Case.objects.of(service.caf.pk).open().filter(beneficiary__number=WHO)
        known = cases.select_related("organisation", "beneficiary", "key", "referral__complaint")
        case = known.order_by("received_at").first()
        if case is not None:
            _explain(service, case)
            _work_out(service, case)
            _date(service, case)
            _note_household(service, case)
            _estimate(service, case)


def _explain(service: Service, case: Case) -> None:
    last = months_later(service.today, -4)
    rows = tuple(
        Row(month_name(months_later(last, rank - len(MONTHS) + 1)), *told) for rank, told in enumerate(MONTHS)
    )
    at = after_the_rest(case, service.now - A_MINUTE, now=service.now)
    debts.save_explanation(case=case, typed=Typed(rows, "APL"), seen_version=0, by=service.mediator, at=at)


def _work_out(service: Service, case: Case) -> None:
    """By the last scale that is known, so as not to invent one: of 2020."""
    asked = Asked(
        first=date(2020, 3, 1),
        resources=Resources.QUARTER,
        income=Decimal("642.80"),
        real=WAGES,
        debts=(Debt("Trop-perçu d’APL", date(2019, 10, 2), OWED),),
    )
    at = after_the_rest(case, service.now - A_MINUTE, now=service.now)
    debts.calculate_deduction(case=case, asked=asked, by=service.mediator, at=at)


def _date(service: Service, case: Case) -> None:
    complaint = case.referral.complaint
    if complaint is None:
        raise LookupError(f"{WHO} contests a decision without a complaint")
    dated = Dated(
        what=What.DECISION,
        on=complaint.made_on - BEFORE_THE_COMPLAINT,
        evidence=Evidence.RECEIPT,
        path=paths_for(case.benefits)[0].code,
        remedies=Remedies.STATED,
        home=Home.SAME,
    )
    at = after_the_rest(case, service.now - A_MINUTE, now=service.now)
    note_appeal_event(
        case=case,
        dated=dated,
        precision="Avis 2C 118 402 6630 7",
        seen_rank=0,
        by=service.mediator,
        at=at,
    )


def _note_household(service: Service, case: Case) -> None:
    at = after_the_rest(case, service.now - A_MINUTE, now=service.now)
    casework.note_social(case=case, social=KNOWN_AS, by=service.mediator, at=at)


def _estimate(service: Service, case: Case) -> None:
    """Asked for, and computed once the demonstration is open: its program takes half a minute."""
    month = months_later(service.today.replace(day=1), -1)
    household = Household(
        month=month,
        age=34,
        other_age=None,
        children=(4, 7),
        wages=WAGES,
        unemployment=Decimal(0),
        other_wages=Decimal(0),
        other_unemployment=Decimal(0),
        disability=Disability.NONE,
        housing=Housing.EMPTY,
        rent=Decimal("742.00"),
        zone=Zone.ONE,
    )
    at = after_the_rest(case, service.now - A_MINUTE, now=service.now)
    ask_estimate(case=case, household=household, by=service.mediator, at=at)
