import json
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Prefetch, Q, QuerySet

from mediane.documents.queries import opened
from mediane.kit import sealing
from mediane.kit.blobs import Blobs
from mediane.mailroom.models import Collection, Mail, MailFile, MailPolicy
from mediane.mailroom.rules.pointing import Doors, pointer_text
from mediane.mailroom.states import Nature, Policy, State
from mediane.organisations.models import Organisation

MOST_SHOWN = 100


class Tab(StrEnum):
    WAITING = "a-classer"
    AUTOMATIC = "automatiques"
    SORTED = "classes"


CONDITIONS = {
    Tab.WAITING: Q(state=State.WAITING, nature=Nature.PERSON),
    Tab.AUTOMATIC: Q(state=State.WAITING) & ~Q(nature=Nature.PERSON),
    Tab.SORTED: ~Q(state=State.WAITING),
}


@dataclass(frozen=True)
class Words:
    """What a mail says, out of its seal."""

    sender_name: str
    sender: str
    subject: str
    text: str

    @property
    def who(self) -> str:
        return self.sender_name or self.sender or "Expéditeur inconnu"


@dataclass(frozen=True)
class Listed:
    mail: Mail
    words: Words


def tray(organisation_id: int, tab: Tab) -> list[Listed]:
    """What waits, the oldest first; what is sorted, the latest first."""
    order = "-sorted_at" if tab is Tab.SORTED else "received_at"
    mails = (
        Mail.objects.select_related("key", "case__beneficiary")
        .filter(CONDITIONS[tab], organisation_id=organisation_id)
        .annotate(number_of_files=Count("files"))
        .order_by(order, "pk")
    )
    return [Listed(mail, words_of(mail)) for mail in mails[:MOST_SHOWN]]


def counts(organisation_id: int) -> dict[Tab, int]:
    found = Mail.objects.filter(organisation_id=organisation_id).aggregate(
        **{tab.name: Count("pk", filter=condition) for tab, condition in CONDITIONS.items()}
    )
    return {tab: found[tab.name] for tab in Tab}


def mails_of(organisation_id: int) -> QuerySet[Mail]:
    files = MailFile.objects.select_related("document").order_by("pk")
    return (
        Mail.objects.select_related("key", "case__beneficiary", "organisation")
        .prefetch_related(Prefetch("files", files))
        .filter(organisation_id=organisation_id)
    )


def next_waiting(mail: Mail) -> UUID | None:
    """The one to sort after this one, in the order of the tray."""
    waiting = Mail.objects.filter(CONDITIONS[Tab.WAITING], organisation_id=mail.organisation_id)
    later = waiting.exclude(pk=mail.pk).filter(received_at__gte=mail.received_at)
    return later.order_by("received_at", "pk").values_list("public_id", flat=True).first()


def policy_of(organisation_id: int, on: date) -> Policy:
    """The policy in force on a day; without any, the Caf has no mailbox."""
    rows = MailPolicy.objects.filter(organisation_id=organisation_id, effective_from__lte=on)
    row = rows.order_by("-effective_from").first()
    return Policy(row.policy) if row else Policy.ABSENT


def policies_on(day: date) -> dict[int, Policy]:
    """The policy in force of each Caf that has chosen one; in one statement."""
    rows = MailPolicy.objects.filter(effective_from__lte=day).order_by("effective_from")
    return {row.organisation_id: Policy(row.policy) for row in rows}


def chosen_policies(organisation_id: int) -> list[MailPolicy]:
    """What a Caf chose, the latest first, what is to come included."""
    return list(MailPolicy.objects.filter(organisation_id=organisation_id).order_by("-effective_from"))


def pointer_of(caf: Organisation) -> str:
    """What a closed mailbox answers, word for word."""
    return pointer_text(
        Doors(
            service=caf.of_name,
            online=f"{settings.PUBLIC_URL}/",
            postal_address=caf.postal_address,
            phone=caf.phone,
        )
    )


def collection_of(organisation_id: int) -> Collection | None:
    return Collection.objects.filter(organisation_id=organisation_id).first()


def originals() -> Blobs:
    return Blobs(Path(settings.DATA) / "mail")


def named_by_rows(organisation_id: int) -> set[str]:
    """The sealed originals that mails of a Caf name."""
    return set(Mail.objects.filter(organisation_id=organisation_id).values_list("blob", flat=True))


def sealed(words: Words, *, key: bytes, public_id: UUID) -> bytes:
    return sealing.seal(json.dumps(asdict(words)).encode(), key, context=_context(b"words", public_id))


def sealed_original(raw: bytes, *, key: bytes, public_id: UUID) -> bytes:
    return sealing.seal(raw, key, context=_context(b"original", public_id))


def words_of(mail: Mail) -> Words:
    """:raises sealing.Broken: if the row was altered, or is another’s."""
    context = _context(b"words", mail.public_id)
    return Words(**json.loads(sealing.unseal(bytes(mail.sealed), opened(mail.key), context=context)))


def original_of(mail: Mail) -> bytes:
    """The bytes as received, or the headers alone of what was too large.

    :raises sealing.Broken: if the file was altered, or is another’s.
    """
    context = _context(b"original", mail.public_id)
    return sealing.unseal(originals().read(mail.blob), opened(mail.key), context=context)


def _context(what: bytes, public_id: UUID) -> bytes:
    return b"mailroom.mail:" + what + b":" + public_id.bytes
