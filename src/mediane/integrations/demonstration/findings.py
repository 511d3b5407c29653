"""What the service of Paris recommended, found and proposed, and what was made of it: told by the verbs."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any

from mediane.casework import actions as casework
from mediane.casework.models import Closing, Recommendation
from mediane.casework.states import Answer, State
from mediane.catalogue.models import ErrorType
from mediane.catalogue.queries import every
from mediane.findings import actions as findings
from mediane.findings.models import Finding
from mediane.findings.states import Outcome
from mediane.integrations.demonstration.cast import read
from mediane.integrations.demonstration.moments import after_the_rest
from mediane.integrations.demonstration.story import Service
from mediane.kit import clock, rowsecurity

CAF = "75"
LATELY = timedelta(days=300)
NEXT_DAY, ANSWERED = timedelta(hours=20), timedelta(days=13)
NOON = time(11, 20)
# One case in so many, among those in which an error was found.
SHARE, MOST = 3, 24
MADE_OF_IT = (Answer.FOLLOWED, Answer.PARTLY, None, Answer.FOLLOWED, Answer.REFUSED, Answer.NO_ANSWER, None)


def tell(service: Service) -> None:
    if service.caf.code != CAF:
        return
    with rowsecurity.working_for(rowsecurity.staff(service.caf.pk)):
        made = list(_recommend(service))
        for plan in read("findings")["findings"]:
            _find(service, plan, made)


def _recommend(service: Service) -> Iterable[tuple[str, Recommendation]]:
    """With the error each one is about."""
    plan, ranks = read("findings")["recommendations"], count()
    errors = {code for code, row in every(ErrorType).items() if row.is_error} & set(plan["words"])
    closings = Closing.objects.filter(
        organisation=service.caf,
        case__state=State.ANSWERED,
        closed_at__gte=service.now - LATELY,
        closed_at__lt=service.now - NEXT_DAY,
        error_type__in=errors,
    ).exclude(service="")
    for closing in closings.select_related("case").order_by("closed_at", "pk")[::SHARE][-MOST:]:
        rank = next(ranks)
        words, officers = plan["words"][closing.error_type], plan["officers"]
        advice = casework.Advice(
            service=closing.service,
            words=words[rank % len(words)],
            officer=officers[rank % len(officers)],
        )
        at = after_the_rest(closing.case, closing.closed_at + NEXT_DAY, now=service.now)
        made = casework.recommend(case=closing.case, advice=advice, by=service.mediator, at=at)
        _answer(service, made, MADE_OF_IT[rank % len(MADE_OF_IT)], at + ANSWERED)
        yield closing.error_type, made


def _answer(service: Service, made: Recommendation, answer: Answer | None, at: datetime) -> None:
    if answer is not None and at < service.now:
        said = casework.ServiceAnswer(answer=answer, on=clock.day_of(at, service.caf.time_zone))
        casework.note_answer(recommendation=made, said=said, by=service.team[-1], at=at)


def _find(service: Service, plan: dict[str, Any], made: Sequence[tuple[str, Recommendation]]) -> None:
    at, by = _on(plan["opened_on"]), service.mediator
    told = {name: plan[name] for name in ("title", "words", "motive", "code", "benefit")}
    finding = findings.open_finding(told=findings.Told(**told), by=by, at=at)
    for figure in plan["figures"]:
        cited = findings.Cited(
            indicator=figure["indicator"],
            since=date(figure["year"], 1, 1),
            until=date(figure["year"], 12, 1),
            benefit=figure.get("benefit", ""),
        )
        findings.cite_figure(finding=finding, cited=cited, by=by, at=at)
    shown = [one for error, one in made if error in plan["shown_by"]]
    findings.join_recommendations(finding=finding, recommendations=shown, by=by, at=service.now)
    for proposal in plan["proposals"]:
        _propose(service, finding, proposal, at)


def _propose(service: Service, finding: Finding, plan: dict[str, Any], at: datetime) -> None:
    due_on = date.fromisoformat(plan["due_on"])
    proposed = findings.Proposed(words=plan["words"], addressee=plan["addressee"], due_on=due_on)
    proposal = findings.propose(finding=finding, proposed=proposed, by=service.mediator, at=at)
    for line in plan["follow_ups"]:
        followed = findings.Followed(
            outcome=Outcome(line["outcome"]),
            on=date.fromisoformat(line["on"]),
            words=line["words"],
            evidence=line["evidence"],
        )
        findings.follow_up(proposal=proposal, followed=followed, by=service.mediator, at=_on(line["on"]))


def _on(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), NOON, tzinfo=UTC)
