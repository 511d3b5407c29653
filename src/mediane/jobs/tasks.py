"""One short task per name. Each opens the context that it names, and calls one verb.

Every task may run twice: verbs note what they did. A failure is tried again eight times over
about a day, then the job stays `failed` in the queue, for somebody to look at.
"""

import logging
from contextlib import suppress
from datetime import timedelta
from random import Random

from django.contrib.sessions.backends.db import SessionStore
from procrastinate import RetryDecision, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Job, Status

from mediane.casework.actions import acknowledge as acknowledge_case
from mediane.casework.models import Case
from mediane.casework.queries.told_cases import not_acknowledged
from mediane.complaints.actions import note_failure, note_told
from mediane.complaints.models import Failure
from mediane.complaints.queries import facts_to_tell, references_to_tell, register
from mediane.complaints.rules import RegisterAbsent, RegisterRefuses, RegisterUnavailable
from mediane.correspondence.actions import make_pdf
from mediane.correspondence.models import Letter
from mediane.documents.actions import forget_strays
from mediane.documents.actions import scan as scan_document
from mediane.documents.models import Document, State
from mediane.documents.queries import blobs, named_by_rows
from mediane.journal.rules import system
from mediane.kit import clock, jobs
from mediane.kit.rowsecurity import staff, upkeep, working_for
from mediane.kit.workdays import add_working_days
from mediane.notifications import actions as notifications
from mediane.notifications import queries as announced
from mediane.organisations.queries import all_cafs, holiday_zone_of
from mediane.referrals.actions import forget_kept

log = logging.getLogger(__name__)

ATTEMPTS = 8
AGAIN = RetryStrategy(max_attempts=ATTEMPTS, exponential_wait=4)
DAYS_AHEAD = 2
SILENCE = timedelta(minutes=10)
LOOK_BACK = timedelta(days=2)
ONE_DAY = timedelta(days=1)
PATIENCE = 3  # silences in a row


@app.task(name="announce", retry=AGAIN)
def announce(*, organisation_id: int, case_id: int, act: str) -> None:
    """Whatever the act, everything not told yet is told."""
    with working_for(staff(organisation_id)):
        case = Case.objects.select_related("organisation", "beneficiary", "referral__key").get(pk=case_id)
        notifications.announce(case=case, at=clock.now())


@app.task(name="scan", retry=AGAIN)
def scan(*, organisation_id: int, document_id: int) -> None:
    with working_for(upkeep(organisation_id)):
        # Taken back before its turn: nothing is left to look at.
        document = (
            Document.objects.select_related("key").filter(pk=document_id, state=State.QUARANTINED).first()
        )
        if document is not None:
            scan_document(document=document)


@app.task(name="make_letter", retry=AGAIN)
def make_letter(*, organisation_id: int, letter_id: int) -> None:
    with working_for(staff(organisation_id)):
        letter = Letter.objects.select_related("case__key", "case__beneficiary", "case__organisation").get(
            pk=letter_id
        )
        make_pdf(letter=letter, at=clock.now())
        jobs.defer("announce", organisation_id=organisation_id, case_id=letter.case_id, act="make_letter")


class UnlessRefused(RetryStrategy):
    """What the register refuses, it would refuse again: the job fails at once, with the reason."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if isinstance(exception, RegisterRefuses):
            return None
        return super().get_retry_decision(exception=exception, job=job)


@app.task(name="tell_register", retry=UnlessRefused(max_attempts=ATTEMPTS, exponential_wait=4))
def tell_register(*, organisation_id: int, reference: str) -> None:
    """Without a register there is nothing to try again: the facts wait for the day it is connected."""
    with suppress(RegisterAbsent):
        _tell_register(organisation_id, reference)


def _tell_register(organisation_id: int, reference: str) -> None:
    """The register is somebody else’s: it is told outside any transaction, each fact after the one before.

    One that is refused is put aside, and the next ones go on: the job says so once they are told, or the log
    when a silence comes first.
    """
    with working_for(staff(organisation_id)):
        waiting = facts_to_tell(organisation_id, reference)
    refusal: RegisterRefuses | None = None
    for fact in waiting:
        try:
            register().tell(
                key=str(fact.key),
                organisation_code=fact.organisation.code,
                number=fact.beneficiary.number,
                reference=fact.reference,
                fact=fact.fact,
                on=fact.on,
            )
        except RegisterUnavailable:
            with working_for(staff(organisation_id)):
                note_failure(fact=fact, failure=Failure.SILENT, at=clock.now())
            if refusal is not None:
                _log_refusal(reference, refusal)
            raise
        except RegisterRefuses as error:
            with working_for(staff(organisation_id)):
                note_failure(fact=fact, failure=Failure.REFUSED, at=clock.now())
            refusal = refusal or error
            continue
        with working_for(staff(organisation_id)):
            note_told(fact=fact, at=clock.now())
    if refusal is not None:
        raise refusal


def _log_refusal(reference: str, refusal: RegisterRefuses) -> None:
    log.error("the register refuses a fact of %s: %s", reference, refusal)


@app.task(name="tell_waiting_facts")
def tell_waiting_facts(timestamp: int) -> None:
    """What an outage longer than the patience of a job left untold. Ends when nobody answers any more."""
    waiting: list[tuple[int, str]] = []
    for caf in all_cafs():
        with working_for(staff(caf.pk)):
            waiting += [(caf.pk, reference) for reference in references_to_tell(caf.pk)]
    # In another order each time: a few that never pass do not stop the others. Each case keeps its own.
    Random(timestamp).shuffle(waiting)  # noqa: S311 — nothing secret is drawn
    silences = 0
    for organisation_id, reference in waiting:
        try:
            _tell_register(organisation_id, reference)
            silences = 0
        except RegisterAbsent:
            return
        except RegisterRefuses as error:
            _log_refusal(reference, error)
        except RegisterUnavailable:
            silences += 1
        if silences == PATIENCE:
            return


@app.task(name="retry_stalled")
async def retry_stalled(timestamp: int) -> None:
    """Put back the jobs of workers that died; one that keeps killing them is parked."""
    manager = app.job_manager
    for job in await manager.get_stalled_jobs():
        if job.attempts >= ATTEMPTS:
            await manager.finish_job(job, status=Status.FAILED, delete_job=False)
            continue
        try:
            await manager.retry_job(job)
        except UniqueViolation:
            # The same work already waits under its own name.
            await manager.finish_job(job, status=Status.ABORTED, delete_job=False)


@app.task(name="announce_possible", retry=AGAIN)
def announce_possible(timestamp: int) -> None:
    """One job a person: an address that refuses holds nobody else back."""
    at = clock.now()
    for caf in all_cafs():
        with working_for(staff(caf.pk)):
            for check in announced.possible_now(caf.pk, today=clock.day_of(at, caf.time_zone)):
                jobs.defer("tell_possible", organisation_id=caf.pk, check_id=check.pk)


@app.task(name="tell_possible", retry=AGAIN)
def tell_possible(*, organisation_id: int, check_id: int) -> None:
    with working_for(staff(organisation_id)):
        check = announced.still_to_tell(check_id)
        if check is not None:
            notifications.announce_possible(check=check, at=clock.now())


@app.task(name="acknowledge_in_time", retry=AGAIN)
def acknowledge_in_time(timestamp: int) -> None:
    """Nobody took the case up: the law still gives the person their acknowledgement."""
    at = clock.now()
    for caf in all_cafs():
        by_day = add_working_days(clock.day_of(at, caf.time_zone), DAYS_AHEAD, holiday_zone_of(caf))
        with working_for(staff(caf.pk)):
            for case in not_acknowledged(caf.pk, due_by=by_day):
                acknowledge_case(case=case, by=system(caf.pk), at=at)


@app.task(name="announce_missed", retry=AGAIN)
def announce_missed(timestamp: int) -> None:
    """What a parked or lost job left untold."""
    at = clock.now()
    for caf in all_cafs():
        with working_for(staff(caf.pk)):
            for case_id, act in announced.missed(caf.pk, since=at - LOOK_BACK, until=at - SILENCE):
                jobs.defer("announce", organisation_id=caf.pk, case_id=case_id, act=act)


@app.task(name="forget_stray_files", retry=AGAIN)
def forget_stray_files(timestamp: int) -> None:
    """What a filing that failed at the last moment left on the disk."""
    strays = written = blobs().written_before(clock.now() - ONE_DAY)
    for caf in all_cafs():
        with working_for(upkeep(caf.pk)):
            strays = strays - named_by_rows(caf.pk)
    # A database that knows none of the files is not theirs: an empty one, started beside them by mistake.
    if strays != written:
        forget_strays(names=strays)


@app.task(name="forget_kept_files", retry=AGAIN)
def forget_kept_files(timestamp: int) -> None:
    """Files of requests that nobody finished entering: no page outlives its session, hence a day."""
    before = clock.now() - ONE_DAY
    for caf in all_cafs():
        with working_for(staff(caf.pk)):
            forget_kept(organisation_id=caf.pk, before=before)


@app.task(name="forget_sessions", retry=AGAIN)
def forget_sessions(timestamp: int) -> None:
    SessionStore.clear_expired()


@app.task(name="forget_done")
async def forget_done(timestamp: int) -> None:
    """Jobs that succeeded are of no more use; failed ones stay."""
    await app.job_manager.delete_old_jobs(nb_hours=72)
