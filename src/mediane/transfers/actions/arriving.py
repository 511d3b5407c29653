"""The receiver’s side: a job opens the case from the parcel, once, then nothing is left in it."""

import uuid
from datetime import datetime
from functools import partial

from django.db import transaction

from mediane.casework import rights as casework_rights
from mediane.casework.actions import Past, go_on
from mediane.casework.models import Case
from mediane.casework.rules.counting import FROM_ANOTHER_CAF
from mediane.complaints.actions import keep_copy as keep_complaint
from mediane.documents.actions import keep_copy as keep_document
from mediane.documents.actions import new_sealing_key
from mediane.documents.models import Document
from mediane.documents.queries import opened
from mediane.journal.actions import record
from mediane.journal.rules import Actor, system
from mediane.kit import jobs, rows, sealing
from mediane.people.actions import Identity, introduce
from mediane.people.models import Beneficiary
from mediane.people.queries import of_number
from mediane.referrals import actions as referrals
from mediane.referrals.models import Referral
from mediane.referrals.rules import Arrival as ByDoor
from mediane.transfers import rights
from mediane.transfers.actions.arriving_work import keep_work, require_scales
from mediane.transfers.actions.trying import NotWaiting, stop
from mediane.transfers.models import Arrival, CopiedLetter, CopiedMandate, Parcel
from mediane.transfers.queries import (
    STORY,
    blobs,
    contents_of,
    context_of,
    key_of,
    letter_context,
)
from mediane.transfers.rules.contents import (
    MANDATE,
    Contents,
    PackedFile,
    PackedLetter,
    PackedSheet,
    Unreadable,
    written_story,
)
from mediane.transfers.rules.same_person import bears_the_name
from mediane.transfers.states import Stopped

NOT_TYPED = ("channel", "received_on")


@transaction.atomic
def take_in(*, parcel: Parcel, at: datetime) -> Case | None:
    """Open the case that a parcel brings; twice, it is opened once. None when nothing was to be done.

    A number that leads to somebody of another name stops it: a human says whose it is. So does anything in it
    that does not open, before a row or a file is written.
    """
    rows.hold(parcel)
    if parcel.packed_at is None or parcel.taken_in_at is not None:
        return None
    try:
        inside = _whole(parcel)
    except (sealing.Broken, Unreadable, FileNotFoundError):
        stop(parcel, Stopped.DAMAGED)
        return None
    house = system(parcel.to_id)
    person = _person(parcel, inside, house, at)
    if person is None:
        stop(parcel, Stopped.OTHER_NAME)
        return None
    case = go_on(draft=_request(parcel, inside, person, house, at), past=Past(**inside.past), by=house, at=at)
    arrival = _note_arrival(parcel, inside, case, at)
    _note_mandates(parcel, inside, arrival)
    keep_work(inside.work, case)
    _empty(parcel, case, at)
    record(
        verb="take_in", subject=("case", case.reference), by=house, at=at, beneficiary_id=case.beneficiary_id
    )
    return case


@transaction.atomic
def give_number(*, parcel: Parcel, number: str, by: Actor, at: datetime) -> None:
    """Say under which number the person of a stopped parcel is known here; the parcel goes on.

    :raises NotWaiting: if it goes on already.
    """
    casework_rights.require(rights.may_say_whose(by, parcel))
    rows.hold(parcel)
    if parcel.stopped != Stopped.OTHER_NAME:
        raise NotWaiting("Cet envoi n’attend plus de vérification.")
    parcel.number, parcel.numbered_by = number, by.name
    parcel.stopped, parcel.tries, parcel.tried_at = "", 0, None
    rows.change(parcel, ("number", "numbered_by", "stopped", "tries", "tried_at"))
    record(verb="give_number", subject=("parcel", str(parcel.public_id)), by=by, at=at)
    jobs.defer("take_in_parcel", organisation_id=parcel.to_id, parcel_id=parcel.pk)


def _whole(parcel: Parcel) -> Contents:
    """What it holds, each of its files having been opened once."""
    inside = contents_of(parcel)
    for packed in inside.packed:
        _unsealed(parcel, packed)
    require_scales(inside.work)
    return inside


def _person(parcel: Parcel, inside: Contents, house: Actor, at: datetime) -> Beneficiary | None:
    known = of_number(parcel.to_id, parcel.number)
    if known is None:
        identity = Identity(organisation_code="", number=parcel.number, **inside.person)
        return introduce(identity=identity, by=house, at=at)
    names = inside.person["first_name"], inside.person["last_name"]
    return known if parcel.numbered_by or bears_the_name(known.name_key, *names) else None


def _request(parcel: Parcel, inside: Contents, person: Beneficiary, house: Actor, at: datetime) -> Referral:
    """The request as it was filed, from the day the first Caf received it."""
    typed = {name: value for name, value in inside.request.items() if name not in NOT_TYPED}
    door = ByDoor(
        channel=inside.request["channel"],
        origin=FROM_ANOTHER_CAF,
        received_on=inside.request["received_on"],
        # The database, too, lets one parcel bring one request.
        entry_key=parcel.public_id,
    )
    if inside.complaint is not None:
        typed["complaint"] = keep_complaint(**inside.complaint, of=person, at=at)
    draft = referrals.enter(arrival=door, of=person, at=at, safe_contact=inside.safe_contact, **typed)
    for packed in inside.files:
        document = keep_document(known=_known(packed), data=_unsealed(parcel, packed), key=draft.key)
        if packed.is_joined:
            referrals.join_copy(draft=draft, document=document)
    return draft


def _known(packed: PackedFile) -> dict[str, object]:
    return {name: value for name, value in vars(packed).items() if name not in ("blob", "is_joined")}


def _unsealed(parcel: Parcel, packed: PackedFile | PackedLetter | PackedSheet) -> bytes:
    """:raises sealing.Broken: if the file is not the one that was packed."""
    context = context_of(parcel, packed.sha256.encode())
    return sealing.unseal(blobs().read(packed.blob), key_of(parcel), context=context)


def _note_arrival(parcel: Parcel, inside: Contents, case: Case, at: datetime) -> Arrival:
    key = opened(case.key)
    arrival = Arrival(
        organisation_id=case.organisation_id,
        case=case,
        parcel=parcel.public_id,
        sender_id=parcel.organisation_id,
        reference=inside.reference,
        reason=inside.reason,
        moved_on=inside.moved_on,
        sent_at=parcel.sent_at,
        sent_by=parcel.sent_by,
        arrived_at=at,
        story=sealing.seal(written_story(inside.story), key, context=STORY),
        brought=inside.work.brought,
    )
    rows.add(arrival)
    for packed in inside.letters:
        public_id = uuid.uuid4()
        copy = CopiedLetter(
            organisation_id=case.organisation_id,
            arrival=arrival,
            public_id=public_id,
            written_by=packed.written_by,
            kind=packed.kind,
            title=packed.title,
            signed_at=packed.signed_at,
            signed_by=packed.signed_by,
            pdf=sealing.seal(_unsealed(parcel, packed), key, context=letter_context(public_id)),
            pdf_sha256=packed.sha256,
            large=_sealed_sheet(parcel, packed.large, key, letter_context(public_id, "large")),
            easy=packed.easy and _sealed_sheet(parcel, packed.easy, key, letter_context(public_id, "easy")),
        )
        rows.add(copy)
    return arrival


def _sealed_sheet(parcel: Parcel, packed: PackedSheet, key: bytes, context: bytes) -> bytes:
    return sealing.seal(_unsealed(parcel, packed), key, context=context)


def _note_mandates(parcel: Parcel, inside: Contents, arrival: Arrival) -> None:
    """Told, and not in force: the person, or a judgment, says here who speaks for her."""
    for packed in inside.mandates:
        said = {name: getattr(packed, name) for name in MANDATE}
        rows.add(
            CopiedMandate(
                organisation_id=arrival.organisation_id,
                arrival=arrival,
                public_id=uuid.uuid4(),
                proof=_kept_proof(parcel, packed.proof),
                **said,
            )
        )


def _kept_proof(parcel: Parcel, packed: PackedFile | None) -> Document | None:
    if packed is None:
        return None
    # The service's alone, as where it was registered.
    key = new_sealing_key(organisation_id=parcel.to_id, beneficiary_id=None)
    return keep_document(known=_known(packed), data=_unsealed(parcel, packed), key=key)


def _empty(parcel: Parcel, case: Case, at: datetime) -> None:
    """Nothing is left on the way: neither a key nor a file."""
    names = list(parcel.blobs)
    parcel.taken_in_at, parcel.arrived_as = at, case.reference
    parcel.wrapped = parcel.sealed = None
    parcel.blobs, parcel.stopped = [], ""
    rows.change(parcel, ("taken_in_at", "arrived_as", "wrapped", "sealed", "blobs", "stopped"))
    for name in names:
        transaction.on_commit(partial(blobs().delete, name))
