"""An annual report as files, from the command line."""

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader

from mediane.__main__ import parser
from mediane.command import report
from mediane.command.obstacles import Obstacle
from mediane.kit import rowsecurity
from mediane.reports import actions
from tests.cast import Cast

FILES = {
    f"rapport-75-2023{suffix}"
    for suffix in (".html", ".pdf", "-donnees.zip", "-interne.html", "-interne.pdf", "-interne-donnees.zip")
}
AT = datetime(2024, 2, 1, 9, 0, tzinfo=UTC)


def test_what_was_frozen_is_written_twice_the_same(cast: Cast, tmp_path: Path) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        opened = actions.open_report(organisation=cast.paris, year=2023, by=cast.claire, at=AT)
        actions.freeze(report=opened, by=cast.claire, at=AT)
    once = {path.name: path.read_bytes() for path in report.build(code="75", year=2023, to=tmp_path / "a")}
    again = {path.name: path.read_bytes() for path in report.build(code="75", year=2023, to=tmp_path / "b")}
    assert once.keys() == FILES
    assert once == again
    assert "De 2023, rien n’est connu" in once["rapport-75-2023.html"].decode()


def test_a_year_that_nobody_opened_is_written_with_the_words_of_the_plan(cast: Cast, tmp_path: Path) -> None:
    made = {path.name: path.read_bytes() for path in report.build(code="75", year=2023, to=tmp_path)}
    pages = PdfReader(io.BytesIO(made["rapport-75-2023.pdf"])).pages
    assert "relation de confiance" in " ".join(page.extract_text() for page in pages)


def test_an_unknown_caf_is_said_in_plain_words(cast: Cast, tmp_path: Path) -> None:
    with pytest.raises(Obstacle, match="Aucune Caf ne porte le code 99"):
        report.build(code="99", year=2023, to=tmp_path)


def test_the_command_is_asked_as_it_is_written() -> None:
    asked = parser().parse_args(["report", "build", "--caf", "75", "--year", "2023", "--to", "out"])
    assert (asked.caf, asked.year, asked.to) == ("75", 2023, Path("out"))
