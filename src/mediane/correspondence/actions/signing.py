"""The gesture under every letter that leaves: checked, signed, frozen, its PDF asked for."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from mediane.casework.actions.postings import Carried, tell_on_paper
from mediane.casework.models import Case
from mediane.casework.states import Paper
from mediane.correspondence.actions.enclosing import freeze
from mediane.correspondence.models import Kind, Letter, LetterTemplate
from mediane.correspondence.queries.annex import outdated
from mediane.correspondence.queries.enclosures import enclosures_of, gone
from mediane.correspondence.queries.sheets import Head, address_of, sealed_head, service_lines
from mediane.correspondence.queries.values import remedies_of, ruling_values, values_of
from mediane.correspondence.rules.merging import merge
from mediane.correspondence.rules.review import review
from mediane.journal.actions import record
from mediane.journal.rules import Actor
from mediane.kit import clock, jobs, rows
from mediane.kit.refusal import Refusal

SIGNATURE = ("signed_at", "signed_by", "signed_as", "chosen", "letterhead")


class NotReady(Refusal):
    """Something is still to be written in the letter."""


@dataclass(frozen=True)
class LetterText:
    """A template and its text as edited; fields in braces are merged when the letter is signed."""

    template: LetterTemplate
    body: str

    @property
    def title(self) -> str:
        return self.template.title


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """What was decided beside the letter. `seen_version` is that of the case when the page was shown."""

    reason: str = ""
    body: str = ""
    agreed_on: date | None = None
    because: str = ""
    notified_on: date | None = None
    seized_on: date | None = None
    evidence: str = ""
    seen_version: int | None = None


def signed_as(case: Case, by: Actor) -> str:
    """« Médiatrice de la Caf de Paris »."""
    return f"{by.title[:1].upper()}{by.title[1:]} de {case.organisation.of_name}"


def sign_notice(*, case: Case, letter: LetterText, ruling: Ruling, by: Actor, at: datetime) -> Letter:
    """Write the signed letter of a decision just taken.

    :raises NotReady: with what is still to be written.
    """
    values = values_of(case, clock.day_of(at, case.organisation.time_zone))
    values |= ruling_values(
        case, reason=ruling.reason, body=ruling.body, agreed_on=ruling.agreed_on, seized_on=ruling.seized_on
    )
    notice = Letter(
        organisation_id=case.organisation_id,
        case=case,
        template=letter.template,
        kind=letter.template.kind,
        public_id=uuid.uuid4(),
        title=merge(letter.title, values).text,
        body=merge(letter.body, values).text,
        saved_at=at,
        saved_by=by.name,
    )
    return sign(letter=notice, by=by, at=at)


def sign(*, letter: Letter, by: Actor, at: datetime) -> Letter:
    """Sign a letter held by this transaction, of a locked case, and have its PDF made once this commits.

    It is in the space of the person from then on; whoever no e-mail tells of it receives it by post.

    :raises NotReady: with what is still to be written.
    """
    remedies = remedies_of(letter.case) if letter.kind == Kind.REPLY else None
    remarks = review(letter.title, letter.body, easy=letter.easy, remedies=remedies)
    left = [remark.sentence for remark in remarks if remark.stops]
    left += outdated(letter, clock.day_of(at, letter.case.organisation.time_zone))
    pieces = enclosures_of(letter)
    left += gone(pieces)
    if left:
        raise NotReady(" ".join(left))
    case = letter.case
    letter.signed_at, letter.signed_by, letter.signed_as = at, by.name, signed_as(case, by)
    letter.chosen = {}
    letter.letterhead = sealed_head(letter, Head(service_lines(case), address_of(case)))
    freeze(pieces)
    if letter.pk:
        rows.change(letter, SIGNATURE)
    else:
        rows.add(letter)
    record(
        verb="sign",
        subject=("letter", str(letter.public_id)),
        by=by,
        at=at,
        beneficiary_id=case.beneficiary_id,
    )
    jobs.defer("make_letter", organisation_id=letter.organisation_id, letter_id=letter.pk)
    tell_on_paper(case=case, kind=Paper.LETTER, carried=Carried(letter.public_id, letter.title), by=by, at=at)
    return letter
