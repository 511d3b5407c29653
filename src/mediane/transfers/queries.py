"""What a screen, or a job, reads of cases that go from one Caf to another."""

import json
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet

from mediane.casework.models import Case
from mediane.documents.queries import keyring, opened
from mediane.kit import sealing
from mediane.kit.blobs import Blobs
from mediane.transfers.models import Arrival, CopiedLetter, CopiedMandate, Parcel
from mediane.transfers.rules.contents import Contents, Told, read, read_story

STORY = b"transfers.story"
MOST_SHOWN = 100
# Of a letter that came, with what its file is named by.
VERSIONS = {"pdf": "", "large": " grands caractères", "easy": " facile à lire"}


def blobs() -> Blobs:
    return Blobs(Path(settings.DATA) / "parcels")


def contents_of(parcel: Parcel) -> Contents:
    """
    :raises sealing.Broken: if it was altered, or addressed to another Caf.
    :raises Unreadable: if another version wrote it.
    """
    return read(sealing.unseal(bytes(parcel.sealed or b""), key_of(parcel), context=context_of(parcel)))


def key_of(parcel: Parcel) -> bytes:
    return sealing.unwrap(bytes(parcel.wrapped or b""), keyring())


def context_of(parcel: Parcel, blob: bytes = b"contents") -> bytes:
    """Sealed for one receiver: changed on the way, it does not open."""
    return b"transfers.parcel:" + parcel.public_id.bytes + b":%d:" % parcel.to_id + blob


def parcels_of(organisation_id: int) -> list[Parcel]:
    """Those that this Caf sends or receives, the latest first: what waits for somebody before all others."""
    mine = Parcel.objects.select_related("organisation", "to").filter(
        Q(organisation_id=organisation_id) | Q(to_id=organisation_id)
    )
    waiting = mine.exclude(stopped="").order_by("sent_at", "pk")
    return [*waiting, *mine.filter(stopped="").order_by("-sent_at", "-pk")[:MOST_SHOWN]]


def parcel_for(organisation_id: int, public_id: UUID) -> Parcel | None:
    """One that this Caf receives."""
    mine = Parcel.objects.select_related("organisation", "to").filter(to_id=organisation_id)
    return mine.filter(public_id=public_id).first()


def on_either_side(organisation_id: int, public_id: UUID) -> Parcel | None:
    """One that this Caf sends or receives."""
    return (
        Parcel.objects.select_related("organisation", "to")
        .filter(Q(organisation_id=organisation_id) | Q(to_id=organisation_id), public_id=public_id)
        .first()
    )


def unfinished(organisation_id: int) -> list[Parcel]:
    """Those this Caf sent that have not arrived, and wait for nobody."""
    return list(Parcel.objects.filter(organisation_id=organisation_id, taken_in_at=None, stopped=""))


def named_by_rows(organisation_id: int) -> set[str]:
    found = Parcel.objects.filter(organisation_id=organisation_id).values_list("blobs", flat=True)
    return {name for names in found for name in names}


def parcel_of(case: Case) -> Parcel | None:
    return Parcel.objects.select_related("to").filter(case=case).first()


def arrival_of(case: Case) -> Arrival | None:
    return Arrival.objects.select_related("sender").filter(case=case).first()


def story_of(arrival: Arrival, case: Case) -> list[Told]:
    """:raises sealing.Broken: if it was altered."""
    plain = sealing.unseal(bytes(arrival.story), opened(case.key), context=STORY)
    return read_story(json.loads(plain))


def letters_of(arrival: Arrival) -> QuerySet[CopiedLetter]:
    light = CopiedLetter.objects.defer("pdf", "large", "easy").annotate(has_easy=Q(easy__isnull=False))
    return light.filter(arrival=arrival).order_by("-signed_at", "-pk")


def mandates_with(arrival: Arrival | None) -> list[CopiedMandate]:
    """Who spoke for the person where her case came from."""
    if arrival is None:
        return []
    return list(CopiedMandate.objects.select_related("proof__key").filter(arrival=arrival).order_by("pk"))


def copied_mandate(case: Case, public_id: UUID) -> CopiedMandate | None:
    known = CopiedMandate.objects.select_related("proof__key")
    return known.filter(arrival__case=case, public_id=public_id).first()


def copied_letter(case: Case, public_id: UUID) -> CopiedLetter | None:
    return CopiedLetter.objects.filter(arrival__case=case, public_id=public_id).first()


def pdf_of(letter: CopiedLetter, case: Case, version: str = "pdf") -> bytes:
    """The PDF as the other Caf sent it, or its version `large` or `easy`; nothing if it has none.

    :raises sealing.Broken: if it was altered.
    """
    sealed = bytes(getattr(letter, version) or b"")
    context = letter_context(letter.public_id, version)
    return sealing.unseal(sealed, opened(case.key), context=context) if sealed else b""


def letter_context(public_id: UUID, version: str = "pdf") -> bytes:
    return b"transfers.letter:" + public_id.bytes + (b"" if version == "pdf" else b":" + version.encode())
