"""Every table a case fills, with the columns written; the others take the default of their field."""

from bench.bulk import Sheet
from mediane.casework import models as casework
from mediane.complaints.models import PriorComplaint
from mediane.correspondence.models import Letter
from mediane.documents.models import SealingKey
from mediane.journal.models import Entry
from mediane.people.models import Beneficiary
from mediane.referrals.models import Referral

TENANT = ("id", "organisation_id")


class Sheets:
    def __init__(self) -> None:
        self._of_the_person()
        self._of_the_request()
        self._of_the_case()
        self._of_decisions()
        self._of_waits()
        self._of_exchanges()

    def all(self) -> list[Sheet]:
        return list(vars(self).values())

    def _of_the_person(self) -> None:
        self.key = Sheet(SealingKey, *TENANT, "beneficiary_id", "wrapped")
        self.beneficiary = Sheet(
            Beneficiary, *TENANT, "number", "title", "first_name", "last_name", "name_key", "email",
            "postal_address",
        )  # fmt: skip

    def _of_the_request(self) -> None:
        self.complaint = Sheet(
            PriorComplaint, *TENANT, "beneficiary_id", "source", "reference", "subject", "made_on",
            "answered_on", "was_answered", "noted_at",
        )  # fmt: skip
        self.referral = Sheet(
            Referral, *TENANT, "beneficiary_id", "reference", "key_id", "complaint_id", "channel", "benefits",
            "grounds", "decision_contested", "asked", "explanation", "started_at", "saved_at", "filed_at",
        )  # fmt: skip

    def _of_the_case(self) -> None:
        self.case = Sheet(
            casework.Case, *TENANT, "referral_id", "beneficiary_id", "key_id", "reference", "channel",
            "origin", "benefits", "grounds", "is_urgent", "received_at", "received_on", "state",
            "assignee_id", "admissible_on", "due_on", "due_what", "is_paused", "has_news", "cause",
            "closed_at", "version",
        )  # fmt: skip
        self.deadline = Sheet(casework.Deadline, *TENANT, "case_id", "kind", "due_on", "because", "met_on")
        self.step = Sheet(
            casework.Step, *TENANT, "case_id", "act", "source", "target", "at", "by_kind", "by_id", "by_name",
            "words", "is_shared",
        )  # fmt: skip
        self.journal = Sheet(
            Entry, "id", "at", "organisation_id", "beneficiary_id", "actor_kind", "actor_id", "actor_name",
            "verb", "subject_kind", "subject",
        )  # fmt: skip

    def _of_decisions(self) -> None:
        self.admissibility = Sheet(
            casework.Admissibility, *TENANT, "case_id", "verdict", "reason", "decided_at", "notified_on",
            "decided_by",
        )  # fmt: skip
        self.reorientation = Sheet(
            casework.Reorientation, *TENANT, "case_id", "reason", "body", "decided_at", "decided_by"
        )
        self.litigation = Sheet(
            casework.LitigationEnd, *TENANT, "case_id", "seized_on", "evidence", "noted_at"
        )
        self.closing = Sheet(
            casework.Closing, *TENANT, "case_id", "outcome", "cause", "closed_at", "closed_by"
        )

    def _of_waits(self) -> None:
        self.hold = Sheet(casework.Hold, *TENANT, "case_id", "body", "reason", "since", "look_again_on")
        self.request = Sheet(casework.DocumentRequest, *TENANT, "case_id", "asked_at", "asked_by", "due_on")
        self.item = Sheet(casework.RequestedDocument, *TENANT, "request_id", "label")

    def _of_exchanges(self) -> None:
        self.message = Sheet(
            casework.Message, *TENANT, "case_id", "is_from_person", "author", "body", "sent_at", "read_at"
        )
        self.note = Sheet(casework.Note, *TENANT, "case_id", "sealed", "author", "written_at")
        self.letter = Sheet(
            Letter, *TENANT, "case_id", "template_id", "kind", "public_id", "title", "body", "saved_at",
            "saved_by", "signed_at", "signed_by", "signed_as",
        )  # fmt: skip
