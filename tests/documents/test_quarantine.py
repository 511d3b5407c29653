"""Once a scanner is set, a file is its depositor’s alone until it is found clean."""

from datetime import datetime
from io import BytesIO

import pikepdf
import pytest
from django.conf import LazySettings

from mediane.documents import actions
from mediane.documents.models import Document, State
from mediane.documents.queries import content, may_be_read_by
from mediane.kit import rowsecurity
from tests.cast import Cast
from tests.stories import a_draft


class LooksForAWord:
    """A scanner as strict as a real one, on one word."""

    def is_clean(self, data: bytes) -> bool:
        return b"virus" not in data


class Silent:
    """A scanner that does not answer."""

    def is_clean(self, data: bytes) -> bool:
        raise TimeoutError


def a_pdf(title: str) -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.docinfo["/Title"] = title
    written = BytesIO()
    pdf.save(written)
    return written.getvalue()


@pytest.fixture
def scanned(settings: LazySettings) -> None:
    settings.SCANNER = f"{__name__}.LooksForAWord"


def deposited(cast: Cast, at: datetime, title: str) -> Document:
    key = a_draft(cast.samira, at).key
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        return actions.deposit(
            name="Avis.pdf", data=a_pdf(title), position=1, key=key, by=cast.samira.as_actor(), at=at
        )


def test_before_the_scan_only_its_depositor_reads_it(cast: Cast, at: datetime, scanned: None) -> None:
    document = deposited(cast, at, "avis")
    assert document.state == State.QUARANTINED
    assert may_be_read_by(cast.samira.as_actor(), document)
    for somebody in (cast.claire, cast.nadia, cast.lucette.as_actor()):
        assert not may_be_read_by(somebody, document)


@pytest.mark.parametrize(("title", "state"), [("avis", State.CLEAN), ("un virus", State.REFUSED)])
def test_the_scan_decides(cast: Cast, at: datetime, scanned: None, title: str, state: State) -> None:
    document = deposited(cast, at, title)
    with rowsecurity.working_for(rowsecurity.upkeep(cast.paris.pk)):
        actions.scan(document=document)
        document.refresh_from_db()
    assert document.state == state
    assert may_be_read_by(cast.claire, document) == (state == State.CLEAN)


def test_a_scanner_that_does_not_answer_leaves_it_in_quarantine(
    cast: Cast, at: datetime, scanned: None, settings: LazySettings
) -> None:
    document = deposited(cast, at, "avis")
    settings.SCANNER = f"{__name__}.Silent"
    with pytest.raises(TimeoutError), rowsecurity.working_for(rowsecurity.upkeep(cast.paris.pk)):
        actions.scan(document=document)
    with rowsecurity.working_for(rowsecurity.upkeep(cast.paris.pk)):
        document.refresh_from_db()
    assert document.state == State.QUARANTINED


def test_what_lies_on_the_disk_is_sealed(cast: Cast, at: datetime, settings: LazySettings) -> None:
    document = deposited(cast, at, "Samira Belkacem")
    lying = b"".join(path.read_bytes() for path in (settings.DATA / "files").rglob(document.blob))
    assert lying
    assert b"Belkacem" not in lying
    assert b"Belkacem" in content(document)
