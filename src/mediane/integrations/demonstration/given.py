"""What leaves the house: exports asked for in a Caf, years published. The worker makes them."""

from mediane.exports import actions as exports
from mediane.exports.states import Format
from mediane.integrations.demonstration.story import Service
from mediane.kit import clock, rowsecurity
from mediane.organisations.models import Membership
from mediane.organisations.queries import the_national_mediation
from mediane.statistics import actions as statistics
from mediane.statistics.queries.published import years_to_publish


def ask(service: Service) -> None:
    """One approved, one that waits for the mediator; where somebody may ask and another decide."""
    officers = [member for member in service.team if member.role == "OFFICER"]
    if not officers:
        return
    last = service.today.year - 1
    with rowsecurity.working_for(rowsecurity.staff(service.caf.pk)):
        first = exports.ask(
            year=last,
            made_as=Format.XLSX,
            because="Préparer la réunion avec le service des prestations",
            by=officers[0],
            at=service.now,
        )
        exports.approve(export=first, words="", by=service.mediator, at=service.now)
        exports.ask(
            year=last - 1,
            made_as=Format.CSV,
            because="Comparer les motifs de deux années",
            by=officers[-1],
            at=service.now,
        )


def publish() -> None:
    """Every year that is over but the first counted, which waits: the reports tell what was published."""
    nation, at = the_national_mediation(), clock.now()
    with rowsecurity.working_for(rowsecurity.national(nation.pk)):
        member = Membership.objects.select_related("user").filter(organisation=nation).order_by("pk")[0]
        for year in years_to_publish(at.year)[:-1]:
            statistics.publish_year(year=year, by=member.as_actor(), at=at)
