"""A frozen report keeps its figures and its words, whatever happens to the cases; the database holds it."""

import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from PIL import Image

from mediane.casework import actions as casework
from mediane.casework.states import Outcome
from mediane.catalogue.rules import threshold_on
from mediane.imports import actions as imports
from mediane.imports.rules import CASES_MODEL, TOTALS_MODEL
from mediane.journal.rules import Actor
from mediane.kit import rowsecurity, spreadsheet
from mediane.reports import actions
from mediane.reports.models import AnnualReport, Chapter, Edition, Picture
from mediane.reports.paper import archive, report_pdf
from mediane.reports.queries.drafts import contents_of
from mediane.reports.queries.editions import Altered, frozen, pictures_of, published
from mediane.reports.queries.numbers import numbers_of
from mediane.reports.queries.published import figures_for
from mediane.reports.rules.composing import canonical, tables_in
from mediane.reports.rules.figures import Figures
from mediane.reports.rules.refusals import ReportRefused, SavedMeanwhile
from mediane.reports.states import Audience, Progress, State
from mediane.statistics import actions as statistics
from tests.cast import Cast
from tests.stories import a_studied_case

NEXT_YEAR = datetime(2027, 1, 31, 9, 0, tzinfo=UTC)
WORDS = "Une **nouvelle** étape."


@pytest.fixture
def in_paris(cast: Cast) -> Iterator[None]:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        yield


@pytest.fixture
def report(cast: Cast, at: datetime, in_paris: None) -> AnnualReport:
    """The report of 2026, of one case answered in December."""
    answered(cast, at)
    made = actions.open_report(organisation=cast.paris, year=2026, by=cast.claire, at=NEXT_YEAR)
    written = actions.Written(title="", text=WORDS, is_drafted=True, progress=Progress.READ_AGAIN)
    actions.edit_chapter(
        report=made, code="foreword", written=written, seen_revision=1, by=cast.claire, at=NEXT_YEAR
    )
    return made


def answered(cast: Cast, at: datetime) -> None:
    later = at + timedelta(days=30)
    case = a_studied_case(cast.samira, cast.nadia, at)
    casework.admit(case=case, notified_on=later.date(), by=cast.claire, at=later)
    given = {"outcome": Outcome.REVISED, "cause": "ASSESSMENT_ERROR", "grounds": ["NON_PAYMENT"]}
    casework.answer(case=case, by=cast.claire, at=later, **given)
    statistics.catch_up(caf=cast.paris, at=NEXT_YEAR)


def test_a_frozen_report_keeps_its_figures_when_a_case_changes(
    cast: Cast, at: datetime, report: AnnualReport
) -> None:
    report = actions.freeze(report=report, by=cast.claire, at=NEXT_YEAR)
    before = {audience: canonical(frozen(report, audience) or {}) for audience in Audience}
    answered(cast, at + timedelta(minutes=1))
    Chapter.objects.filter(report__state="draft").update(text="x")
    assert {audience: canonical(frozen(report, audience) or {}) for audience in Audience} == before
    statistics.recount_everything(caf=cast.paris, at=NEXT_YEAR)
    assert "2\u00a0saisines ont été traitées" in canonical(
        contents_of(report, Audience.INTERNAL, at=NEXT_YEAR)
    )
    assert "1\u00a0saisine a été traitée" in before[Audience.INTERNAL]


def test_what_is_frozen_is_made_twice_with_the_same_bytes(cast: Cast, report: AnnualReport) -> None:
    report = actions.freeze(report=report, by=cast.claire, at=NEXT_YEAR)
    for audience in Audience:
        contents = frozen(report, audience)
        assert contents is not None
        assert report_pdf(contents, {}) == report_pdf(frozen(report, audience) or {}, {})
        assert archive(contents) == archive(frozen(report, audience) or {})


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reports_annualreport SET frozen_by = 'x'",
        "UPDATE reports_annualreport SET state = 'draft'",
        "DELETE FROM reports_annualreport",
        "UPDATE reports_edition SET sha256 = 'x'",
        "DELETE FROM reports_edition",
        "UPDATE reports_chapter SET text = 'x'",
        "DELETE FROM reports_chapter",
        "INSERT INTO reports_quote (organisation_id, report_id, code, words, who)"
        " SELECT organisation_id, id, 'foreword', 'x', 'x' FROM reports_annualreport",
    ],
)
def test_the_database_refuses_to_change_what_was_frozen(
    cast: Cast, report: AnnualReport, statement: str
) -> None:
    actions.freeze(report=report, by=cast.claire, at=NEXT_YEAR)
    with pytest.raises(DatabaseError, match=r"never change|permission denied|frozen on"):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_not_even_the_owner_of_the_tables_changes_an_edition(cast: Cast, report: AnnualReport) -> None:
    actions.freeze(report=report, by=cast.claire, at=NEXT_YEAR)
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgrelid = 'reports_edition'::regclass")
        assert "edition_never_changes" in {name for (name,) in cursor.fetchall()}


def test_what_does_not_give_its_print_is_refused(cast: Cast, report: AnnualReport) -> None:
    actions.freeze(report=report, by=cast.claire, at=NEXT_YEAR)
    other = actions.correct(report=report, because="Un essai", by=cast.claire, at=NEXT_YEAR)
    Edition.objects.create(
        organisation=cast.paris, report=other, audience=Audience.PUBLIC, contents={"cover": {}}, sha256="x"
    )
    with pytest.raises(Altered):
        frozen(other, Audience.PUBLIC)


def test_published_it_is_everybodys_and_its_drafts_are_not(cast: Cast, report: AnnualReport) -> None:
    publish_the_figures(cast)
    with rowsecurity.working_for(rowsecurity.public()):
        assert AnnualReport.objects.count() == Chapter.objects.count() == 0
    actions.publish(
        report=actions.freeze(report=report, by=cast.claire, at=NEXT_YEAR), by=cast.claire, at=NEXT_YEAR
    )
    for context in (rowsecurity.public(), rowsecurity.person(cast.awa.pk), rowsecurity.staff(cast.tarn.pk)):
        with rowsecurity.working_for(context):
            told = published(cast.paris, 2026)
            assert told is not None
            assert frozen(told, Audience.PUBLIC) is not None
            assert frozen(told, Audience.INTERNAL) is None
            assert Chapter.objects.count() == 0


def test_a_correction_is_a_new_version_with_the_same_words(cast: Cast, report: AnnualReport) -> None:
    publish_the_figures(cast)
    report = actions.publish(
        report=actions.freeze(report=report, by=cast.claire, at=NEXT_YEAR), by=cast.claire, at=NEXT_YEAR
    )
    made = actions.correct(report=report, because="Un nom mal écrit", by=cast.claire, at=NEXT_YEAR)
    assert (made.version, made.state) == (2, State.DRAFT)
    assert made.chapters.get(code="foreword").text == WORDS
    assert published(cast.paris, 2026) == report
    with pytest.raises(ReportRefused, match="déjà en cours"):
        actions.correct(report=report, because="Encore", by=cast.claire, at=NEXT_YEAR)
    actions.publish(
        report=actions.freeze(report=made, by=cast.claire, at=NEXT_YEAR), by=cast.claire, at=NEXT_YEAR
    )
    assert published(cast.paris, 2026) == made
    with pytest.raises(ReportRefused, match="La version 2 a remplacé celle-ci"):
        actions.correct(report=report, because="Encore", by=cast.claire, at=NEXT_YEAR)
    assert "Un nom mal écrit" in canonical(frozen(made, Audience.PUBLIC) or {})


def test_a_correction_takes_along_what_a_page_added(cast: Cast, report: AnnualReport) -> None:
    day = NEXT_YEAR.date().replace(year=2026)
    actions.add_highlight(
        report=report,
        happened_on=day,
        title="Matinée",
        words="",
        by=cast.claire,
        at=NEXT_YEAR,
        entry_key=uuid4(),
    )
    said = {"code": "foreword", "words": "On m’a expliqué.", "who": "Une allocataire"}
    actions.add_quote(report=report, by=cast.claire, at=NEXT_YEAR, entry_key=uuid4(), **said)
    told = actions.freeze(report=report, by=cast.claire, at=NEXT_YEAR)
    made = actions.correct(report=told, because="Une date", by=cast.claire, at=NEXT_YEAR)
    for one in (report, made):
        assert [quote.words for quote in one.quotes.all()] == ["On m’a expliqué."]
        assert [highlight.title for highlight in one.highlights.all()] == ["Matinée"]


def taken(rows: list[list[str]], *, by: Actor) -> None:
    read = imports.read_file(name="2019.csv", data=spreadsheet.as_csv(rows), by=by, at=NEXT_YEAR)
    assert not read.faults
    imports.take(read=read, by=by, at=NEXT_YEAR)


def test_a_past_year_is_rebuilt_from_its_totals(cast: Cast, in_paris: None) -> None:
    taken(TOTALS_MODEL, by=cast.claire)
    made = actions.open_report(organisation=cast.paris, year=2019, by=cast.claire, at=NEXT_YEAR)
    frozen_one = actions.freeze(report=made, by=cast.claire, at=NEXT_YEAR)
    told, kept = (canonical(frozen(frozen_one, one) or {}) for one in (Audience.PUBLIC, Audience.INTERNAL))
    assert "dont 856 pour la médiation et 431 hors médiation" in kept
    assert "856" not in told
    assert "Les chiffres de 2019 ne sont pas encore publiés" in told


def test_a_year_of_totals_stays_inside_even_when_it_is_published(cast: Cast, in_paris: None) -> None:
    """What is published counts cases: of Paris it would say none, where its totals say 1287."""
    taken(TOTALS_MODEL, by=cast.claire)
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        taken([[cell.replace("2021", "2019") for cell in row] for row in CASES_MODEL], by=cast.remi)
        statistics.catch_up(caf=cast.tarn, at=NEXT_YEAR)
    publish_the_figures(cast, 2019)
    made = actions.open_report(organisation=cast.paris, year=2019, by=cast.claire, at=NEXT_YEAR)
    made = actions.freeze(report=made, by=cast.claire, at=NEXT_YEAR)
    told = frozen(made, Audience.PUBLIC) or {}
    assert not told["has_figures"]
    assert not tables_in(told)
    with pytest.raises(ReportRefused, match="totaux repris, sans les dossiers"):
        actions.publish(report=made, by=cast.claire, at=NEXT_YEAR)


def test_a_year_before_the_first_figure_is_not_told_as_nobody(cast: Cast, report: AnnualReport) -> None:
    """Here nothing is counted before 2026; totals say something of 2023, too little to be told."""
    taken([["année", "mesure", "code", "nombre"], ["2023", "demandes reçues", "", "300"]], by=cast.claire)
    publish_the_figures(cast)
    for audience in Audience:
        numbers = numbers_of(cast.paris, 2026)
        figures = figures_for(audience, cast.paris, numbers, on=NEXT_YEAR.date())
        assert [figures.is_known(year) for year in numbers.years] == [False] * 4 + [True]
        assert figures.handled(2025).total is None
    assert numbers.unknown == {2022, 2024, 2025}
    assert numbers.incomplete == {2023}


def test_a_year_of_nobody_after_the_first_figure_is_told(cast: Cast, report: AnnualReport) -> None:
    numbers = numbers_of(cast.paris, 2029)
    assert numbers.unknown == {2025}
    assert Figures(numbers).handled(2028).total == 0


def test_a_year_is_frozen_once_it_has_ended(cast: Cast, at: datetime, report: AnnualReport) -> None:
    with pytest.raises(ReportRefused, match="n’est pas finie"):
        actions.freeze(report=report, by=cast.claire, at=at)


def test_two_people_at_once_lose_no_text(cast: Cast, report: AnnualReport) -> None:
    written = actions.Written(title="", text="Autre", is_drafted=True, progress=Progress.BEGUN)
    with pytest.raises(SavedMeanwhile, match="Claire Vasseur a enregistré"):
        actions.edit_chapter(
            report=report, code="foreword", written=written, seen_revision=1, by=cast.claire, at=NEXT_YEAR
        )
    assert report.chapters.get(code="foreword").text == WORDS


def test_only_the_mediator_of_the_caf_writes(cast: Cast, report: AnnualReport) -> None:
    for somebody in (cast.nadia, cast.remi, cast.helene):
        with pytest.raises(PermissionDenied):
            actions.freeze(report=report, by=somebody, at=NEXT_YEAR)


def test_the_next_year_opens_with_the_words_that_are_kept(cast: Cast, report: AnnualReport) -> None:
    written = actions.Written(title="", text="Nos missions.", is_drafted=False, progress=Progress.READ_AGAIN)
    actions.edit_chapter(
        report=report, code="missions", written=written, seen_revision=1, by=cast.claire, at=NEXT_YEAR
    )
    made = actions.open_report(organisation=cast.paris, year=2027, by=cast.claire, at=NEXT_YEAR)
    words = {chapter.code: chapter.text for chapter in made.chapters.all()}
    assert (words["missions"], words["foreword"]) == ("Nos missions.", "")
    with pytest.raises(ReportRefused, match="existe déjà"):
        actions.open_report(organisation=cast.paris, year=2027, by=cast.claire, at=NEXT_YEAR)


def publish_the_figures(cast: Cast, year: int = 2026) -> None:
    with rowsecurity.working_for(rowsecurity.national(cast.cnaf.pk)):
        statistics.publish_year(year=year, by=cast.helene, at=NEXT_YEAR)


def test_proposed_sentences_become_the_mediators_own(cast: Cast, report: AnnualReport) -> None:
    """Both editions then have them: they tell what everybody may read, and nothing before it is published."""
    written = actions.Written(title="", text="Et moi.", is_drafted=True, progress=Progress.BEGUN)
    typed = {"report": report, "code": "evolution", "written": written, "seen_revision": 1}
    with pytest.raises(ReportRefused, match="ne sont pas encore publiés"):
        actions.use_drafted_words(**typed, by=cast.claire, at=NEXT_YEAR)
    publish_the_figures(cast)
    for _ in ("pressed", "pressed twice"):
        chapter = actions.use_drafted_words(**typed, by=cast.claire, at=NEXT_YEAR)
    assert chapter.text.startswith("Trop peu de saisines ont été traitées en 2026")
    assert chapter.text.endswith("\n\nEt moi.")
    assert (chapter.is_drafted, chapter.revision) == (False, 2)


def test_the_edition_for_everybody_has_the_numbers_of_the_open_data(cast: Cast, report: AnnualReport) -> None:
    """Before they are published, it says so; once they are, what they hide is not in it."""
    before = canonical(contents_of(report, Audience.PUBLIC, at=NEXT_YEAR))
    assert "Les chiffres de 2026 ne sont pas encore publiés" in before
    publish_the_figures(cast)
    report = actions.freeze(report=report, by=cast.claire, at=NEXT_YEAR)
    told, kept = (frozen(report, audience) or {} for audience in (Audience.PUBLIC, Audience.INTERNAL))
    assert (told["threshold"], kept["threshold"]) == (threshold_on(NEXT_YEAR.date()).smallest, 0)
    assert "Trop peu de saisines ont été traitées en 2026" in canonical(told)
    assert "1\u00a0saisine a été traitée" in canonical(kept)
    assert not tables_in(told)
    assert tables_in(kept)


def test_a_picture_without_words_is_refused(cast: Cast, report: AnnualReport, photo: bytes) -> None:
    sent = actions.Sent(name="photo.png", data=photo, alternative=" ")
    with pytest.raises(ReportRefused, match="ce que montre l’image"):
        actions.add_picture(report=report, code="highlights", sent=sent, by=cast.claire, at=NEXT_YEAR)


def test_frozen_before_its_figures_are_published_it_stays_inside(cast: Cast, report: AnnualReport) -> None:
    """It would say for ever that they are not published yet; a version frozen afterwards has them."""
    report = actions.freeze(report=report, by=cast.claire, at=NEXT_YEAR)
    publish_the_figures(cast)
    with pytest.raises(ReportRefused, match="n’étaient pas publiés quand ce rapport a été figé"):
        actions.publish(report=report, by=cast.claire, at=NEXT_YEAR)
    made = actions.correct(report=report, because="Les chiffres", by=cast.claire, at=NEXT_YEAR)
    made = actions.freeze(report=made, by=cast.claire, at=NEXT_YEAR)
    assert actions.publish(report=made, by=cast.claire, at=NEXT_YEAR).state == State.PUBLISHED


def test_two_who_open_the_same_year_at_once_open_one_report(committed: str, cast: Cast) -> None:
    def press(_: int) -> str:
        try:
            with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
                actions.open_report(organisation=cast.paris, year=2026, by=cast.claire, at=NEXT_YEAR)
        except ReportRefused as refusal:
            return refusal.sentence
        finally:
            connection.close()
        return "ouvert"

    with ThreadPoolExecutor(2) as both:
        said = sorted(both.map(press, range(2)))
    assert said == ["Le rapport de 2026 existe déjà. Ouvrez-le dans la liste.", "ouvert"]


def test_a_picture_is_told_with_its_report(cast: Cast, report: AnnualReport, photo: bytes) -> None:
    publish_the_figures(cast)
    sent = actions.Sent(name="photo.png", data=photo, alternative="La matinée d’échanges")
    actions.add_picture(report=report, code="highlights", sent=sent, by=cast.claire, at=NEXT_YEAR)
    report = actions.freeze(report=report, by=cast.claire, at=NEXT_YEAR)
    with rowsecurity.working_for(rowsecurity.public()):
        assert Picture.objects.count() == 0
    report = actions.publish(report=report, by=cast.claire, at=NEXT_YEAR)
    with rowsecurity.working_for(rowsecurity.public()):
        pictures = pictures_of(report)
        contents = frozen(report, Audience.PUBLIC)
    assert contents is not None
    [(media_type, kept)] = pictures.values()
    with Image.open(io.BytesIO(kept)) as opened:
        assert (media_type, opened.width) == ("image/png", 1600)
    assert len(report_pdf(contents, pictures)) > len(kept) // 2
