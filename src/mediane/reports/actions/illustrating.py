"""What illustrates a chapter: highlights, pictures with their words, quotes."""

import hashlib
import io
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from PIL import Image

from mediane.documents.rules import Kind, check
from mediane.journal.rules import Actor
from mediane.kit.once import written_by_page
from mediane.reports.actions.begun import draft, noted
from mediane.reports.models import AnnualReport, Highlight, Picture, Quote
from mediane.reports.rules.refusals import ReportRefused

MOST_PICTURES = 20
# Wide enough for a printed page at 200 points an inch.
WIDEST = 1600


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A file as sent, and what it shows in words."""

    name: str
    data: bytes
    alternative: str
    caption: str = ""


@transaction.atomic
def add_highlight(
    *,
    report: AnnualReport,
    happened_on: date,
    title: str,
    words: str,
    by: Actor,
    at: datetime,
    entry_key: UUID | None = None,
) -> Highlight:
    """
    :raises ReportRefused: of another year.
    :raises AlreadySent: if the page wrote another one.
    """
    held = draft(report, by=by)
    page: dict[str, Any] = {"entry_key": entry_key, "organisation_id": held.organisation_id}
    said: dict[str, Any] = {"report_id": held.pk, "happened_on": happened_on, "title": title, "words": words}
    if first := written_by_page(Highlight, **page, **said):
        return first
    if happened_on.year != held.year:
        raise ReportRefused(f"Ce temps fort n’est pas de {held.year}\u00a0: vérifiez sa date.")
    made = Highlight.objects.create(**page, **said)
    noted("illustrate_report", held, by=by, at=at)
    return made


@transaction.atomic
def add_quote(
    *,
    report: AnnualReport,
    code: str,
    words: str,
    who: str,
    by: Actor,
    at: datetime,
    entry_key: UUID | None = None,
) -> Quote:
    """:raises AlreadySent: if the page wrote another one."""
    held = draft(report, by=by)
    page: dict[str, Any] = {"entry_key": entry_key, "organisation_id": held.organisation_id}
    said: dict[str, Any] = {"report_id": held.pk, "code": code, "words": words, "who": who}
    if first := written_by_page(Quote, **page, **said):
        return first
    made = Quote.objects.create(**page, **said)
    noted("illustrate_report", held, by=by, at=at)
    return made


@transaction.atomic
def add_picture(*, report: AnnualReport, code: str, sent: Sent, by: Actor, at: datetime) -> Picture:
    """
    :raises FileRefused: if it is no picture that opens.
    :raises ReportRefused: without words that say what it shows, or when there are too many.
    """
    held = draft(report, by=by)
    if not sent.alternative.strip():
        raise ReportRefused(
            "Dites en quelques mots ce que montre l’image\u00a0: tout le monde ne la voit pas."
        )
    if held.pictures.count() >= MOST_PICTURES:
        raise ReportRefused(f"Un rapport contient {MOST_PICTURES} images au plus. Retirez-en une.")
    accepted = check(sent.name, sent.data)
    if accepted.kind is Kind.PDF:
        raise ReportRefused("C’est un PDF. Choisissez une image JPEG, PNG ou WebP.")
    data = _smaller(accepted.data, accepted.kind)
    made, _ = held.pictures.get_or_create(
        organisation_id=held.organisation_id,
        code=code,
        sha256=hashlib.sha256(data).hexdigest(),
        defaults={
            "media_type": accepted.media_type,
            "data": data,
            "alternative": sent.alternative.strip(),
            "caption": sent.caption.strip(),
        },
    )
    noted("illustrate_report", held, by=by, at=at)
    return made


def _smaller(data: bytes, kind: Kind) -> bytes:
    """A report is read on a telephone too."""
    with Image.open(io.BytesIO(data)) as picture:
        if picture.width <= WIDEST:
            return data
        picture.thumbnail((WIDEST, picture.height))
        out = io.BytesIO()
        picture.save(out, kind.name, quality=85)
        return out.getvalue()


def remove_highlight(*, highlight: Highlight, by: Actor, at: datetime) -> None:
    _remove(highlight, by=by, at=at)


def remove_quote(*, quote: Quote, by: Actor, at: datetime) -> None:
    _remove(quote, by=by, at=at)


def remove_picture(*, picture: Picture, by: Actor, at: datetime) -> None:
    _remove(picture, by=by, at=at)


@transaction.atomic
def _remove(thing: Highlight | Quote | Picture, *, by: Actor, at: datetime) -> None:
    held = draft(thing.report, by=by)
    thing.delete()
    noted("illustrate_report", held, by=by, at=at)
