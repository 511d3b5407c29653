"""Where a period for appeal stands, and why: an aid to the mediator, never a promise.

Everything that could not be known, or that two readers of the law could see otherwise, is said: a date with
a doubt is the service’s alone.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from mediane.appeals.rules import law, told
from mediane.appeals.rules.law import Effect, Path, Policy
from mediane.appeals.rules.periods import end_of, resumed
from mediane.appeals.rules.told import Reason
from mediane.appeals.states import PROVING, Evidence, Home, Remedies, Standing, What
from mediane.kit.workdays import Zone, next_working_day


class Ending(StrEnum):
    """What ended the mediation, as the case tells it."""

    NONE = "none"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"
    REDIRECTED = "redirected"
    INADMISSIBLE = "inadmissible"
    COURT = "court"
    # Another case answers for this one.
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True)
class Known:
    on: date
    # None: the case itself says so.
    evidence: Evidence | None = None
    # The Caf that noted it, and has its proof, when it is another one.
    noted_in: str = ""


@dataclass(frozen=True)
class Decision:
    known: Known
    path: Path
    remedies: Remedies = Remedies.STATED
    home: Home = Home.SAME


@dataclass(frozen=True, kw_only=True)
class Story:
    """One case, as far as its clock goes."""

    asked_on: date
    zone: Zone
    decision: Decision | None = None
    admissible: Known | None = None
    ended: Known | None = None
    ending: Ending = Ending.NONE
    is_reopened: bool = False


@dataclass(frozen=True)
class Span:
    """Days after `since`, up to and including `until`; None while it lasts."""

    since: date
    until: date | None
    is_counted: bool


@dataclass(frozen=True, kw_only=True)
class Clock:
    standing: Standing
    reasons: tuple[Reason, ...] = ()
    last_day: date | None = None
    spans: tuple[Span, ...] = ()
    doubts: tuple[str, ...] = ()
    # What to enter, or to check, before anything is computed.
    missing: tuple[tuple[What | None, str], ...] = ()
    policy: Policy | None = None
    today: date = field(default=date.min)

    @property
    def days_left(self) -> int | None:
        """Today not counted."""
        return (self.last_day - self.today).days if self.last_day and self.last_day >= self.today else None

    @property
    def may_be_shown(self) -> bool:
        """To the person, once the rules are signed off: no doubt of this very case."""
        return not self.doubts and self.standing in (Standing.RUNNING, Standing.STOPPED, Standing.PAST)


def read_clock(story: Story, today: date) -> Clock:
    return replace(_read(story, today), today=today)


def _read(story: Story, today: date) -> Clock:
    if story.ending == Ending.ELSEWHERE:
        return Clock(standing=Standing.UNKNOWN, missing=((None, told.ELSEWHERE),))
    if story.ending == Ending.COURT:
        return Clock(standing=Standing.SEIZED, reasons=(told.COURT,))
    decision = story.decision
    if decision is None:
        return Clock(standing=Standing.UNKNOWN, missing=((What.DECISION, told.NO_DECISION),))
    if decision.remedies == Remedies.MISSING:
        return Clock(standing=Standing.NOT_RUNNING, reasons=(told.not_stated(decision.known.on),))
    if contradiction := _contradiction(story, decision):
        return Clock(standing=Standing.UNKNOWN, missing=(contradiction,))
    return _counted(story, decision, today)


def _contradiction(story: Story, decision: Decision) -> tuple[What, str] | None:
    admissible, ended = story.admissible, story.ended
    if admissible is not None and admissible.on < decision.known.on:
        return What.DECISION, told.decision_after(decision.known.on, admissible.on)
    if admissible is not None and ended is not None and ended.on < admissible.on:
        return What.END, told.end_before(ended.on, admissible.on)
    return None


def _counted(story: Story, decision: Decision, today: date) -> Clock:
    begun, path, engaged = decision.known.on, decision.path, story.admissible
    first_end = end_of(path, begun, decision.home)
    within = next_working_day(first_end, story.zone)
    reasons = (
        told.notified(begun, decision.known.evidence),
        *told.whole(path, begun, first_end, decision.home),
    )
    clock = Clock(standing=Standing.PAST, reasons=reasons, doubts=_doubts_of(decision))
    if engaged is None or engaged.on > within:
        since = engaged.on if engaged else None
        unchanged = told.not_engaged(is_open=story.ending == Ending.NONE, engaged_on=since, within=within)
        ran = _ran(clock, begun, first_end, story.zone, today)
        return replace(ran, reasons=(*ran.reasons, unchanged))
    policy = law.policy_on(engaged.on)
    stopped = replace(
        clock,
        standing=Standing.STOPPED,
        reasons=(*reasons, told.stopped(policy, engaged.on, engaged.evidence, first_end)),
        doubts=(*clock.doubts, *_doubts_of_the_rule(story, policy, engaged)),
        spans=(
            Span(begun, min(engaged.on, first_end), is_counted=True),
            Span(engaged.on, None, is_counted=False),
        ),
        policy=policy,
    )
    return stopped if story.ended is None else _again(stopped, story, decision, policy, today)


def _again(clock: Clock, story: Story, decision: Decision, policy: Policy, today: date) -> Clock:
    """From the end of the mediation on."""
    engaged, ended = story.admissible, story.ended
    if engaged is None or ended is None:
        raise ValueError("A mediation that did not begin, or did not end, counts nothing again")
    first_end = end_of(decision.path, decision.known.on, decision.home)
    ends = _end_by(policy, decision, engaged.on, ended.on)
    used, stopped = clock.spans
    clock = replace(
        clock,
        reasons=(*clock.reasons, told.again(policy, ended.on, ended.evidence, ends, first_end - engaged.on)),
        spans=(used, replace(stopped, until=ended.on)),
        doubts=(*clock.doubts, *_doubts_of_the_end(story, policy, ended)),
    )
    clock = _ran(clock, ended.on, ends, story.zone, today)
    other = _doubted(engaged.on) or law.policy_on(story.asked_on)
    sooner = next_working_day(_end_by(other, decision, engaged.on, ended.on), story.zone)
    if clock.last_day is not None and sooner < clock.last_day:
        return replace(clock, doubts=(*clock.doubts, told.sooner(sooner)))
    return clock


def _ran(clock: Clock, begun: date, ends: date, zone: Zone, today: date) -> Clock:
    """To its last day, moved to a working one."""
    last = next_working_day(ends, zone)
    return replace(
        clock,
        standing=Standing.RUNNING if today <= last else Standing.PAST,
        last_day=last,
        reasons=(*clock.reasons, *told.moved(ends, last)),
        spans=(*clock.spans, Span(begun, last, is_counted=True)),
    )


def _end_by(policy: Policy, decision: Decision, engaged_on: date, ended_on: date) -> date:
    """The last day by one rule, before it moves to a working one; of a mediation engaged and ended."""
    if policy.effect == Effect.INTERRUPTION:
        return end_of(decision.path, ended_on, decision.home)
    return resumed(end_of(decision.path, decision.known.on, decision.home), engaged_on, ended_on)


def _doubts_of(decision: Decision) -> tuple[str, ...]:
    unread = (told.UNREAD,) if decision.remedies == Remedies.UNKNOWN else ()
    return (*_unproven(decision.known), *unread)


def _unproven(known: Known) -> tuple[str, ...]:
    elsewhere = (told.noted_elsewhere(known.on, known.noted_in),) if known.noted_in else ()
    return elsewhere if known.evidence in (None, *PROVING) else (*elsewhere, told.UNPROVEN[known.evidence])


def _doubts_of_the_rule(story: Story, policy: Policy, engaged: Known) -> tuple[str, ...]:
    """Which day decides between two rules is not settled when they stand on either side."""
    between: tuple[str, ...] = ()
    if law.policy_on(story.asked_on) != policy:
        between = (told.between(story.asked_on, engaged.on),)
    elif _doubted(engaged.on):
        between = (told.promulgated(engaged.on),)
    return (*_unproven(engaged), *between)


def _doubted(engaged_on: date) -> Policy | None:
    """The rule that had been promulgated, and did not hold yet."""
    return next((one for one in law.POLICIES if one.is_doubtful(engaged_on)), None)


def _doubts_of_the_end(story: Story, policy: Policy, ended: Known) -> tuple[str, ...]:
    nothing = story.ending in (Ending.WITHDRAWN, Ending.REDIRECTED) and policy.effect == Effect.SUSPENSION
    return (
        *_unproven(ended),
        *((told.REOPENED,) if story.is_reopened else ()),
        *((told.NOTHING_RECOMMENDED,) if nothing else ()),
    )
