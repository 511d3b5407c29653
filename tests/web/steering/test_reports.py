"""The mediator writes, freezes and publishes the annual report; everybody reads it."""

import io
import re
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.test import Client
from PIL import Image
from pypdf import PdfReader

from mediane.findings import actions as findings
from mediane.imports.rules import TOTALS_MODEL
from mediane.kit import clock, rowsecurity
from mediane.reports.models import AnnualReport, Chapter
from mediane.reports.states import Progress
from mediane.statistics import actions as statistics
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.reports.test_freezing import answered, taken

LATER = datetime(2027, 2, 3, 9, 0, tzinfo=UTC)
LIST = "/pilotage/rapports/"
HERE = f"{LIST}2026/1/"
EVOLUTION = f"{HERE}chapitres/evolution/"


@pytest.fixture(autouse=True)
def in_february(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: LATER)


@pytest.fixture
def claire(cast: Cast, at: datetime, browser: SignedIn) -> Client:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        answered(cast, at)
        statistics.catch_up(caf=cast.paris, at=LATER)
    browser.as_staff(cast.claire).post(LIST, {"year": "2026"})
    return browser


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode().replace("\u00a0", " ")


def written(**changed: str) -> dict[str, str]:
    return {"revision": "1", "title": "", "text": "", "progress": "begun", "is_drafted": "on"} | changed


def test_a_year_opens_with_its_sentences_and_its_table(claire: Client) -> None:
    page = text(claire, EVOLUTION)
    assert "En 2026, 1 saisine a été traitée" in page
    assert "Saisines traitées" in page


def proposed(client: Client) -> str | None:
    page = text(client, LIST)
    assert page.count('name="year"') == 1
    found = re.search(r'name="year"[^>]* value="(\d*)"', page)
    return found and found[1]


def test_the_last_finished_year_without_a_report_is_proposed(claire: Client, cast: Cast) -> None:
    """Of 2025 totals are known, of the years before nothing."""
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        taken([["Année", "Mesure", "Valeur", "Nombre"], ["2025", "demandes reçues", "", "9"]], by=cast.claire)
    assert proposed(claire) == "2025"
    claire.post(LIST, {"year": "2025"})
    assert not proposed(claire)
    every = "Toutes les années finies dont des chiffres sont connus ont leur rapport."
    assert f"{every} Celui de 2027 peut déjà être ouvert" in text(claire, LIST)
    claire.post(LIST, {"year": "2027"})
    assert f"{every} Celui de 2027 est ouvert aussi" in text(claire, LIST)
    # A year typed all the same is answered in words, and stands as it was typed.
    again = claire.post(LIST, {"year": "2026"}).content.decode()
    assert "Le rapport de 2026 existe déjà" in again
    assert 'value="2026"' in again


def test_where_nothing_is_known_the_year_that_ended_is_proposed(browser: SignedIn, cast: Cast) -> None:
    for reader in (cast.remi, cast.helene):
        assert proposed(browser.as_staff(reader)) == "2026"


def test_what_is_typed_is_kept_and_seen(claire: Client) -> None:
    sent = claire.post(EVOLUTION, written(title="Une année calme", text="Un **mot** et <b>un autre</b>."))
    assert sent.status_code == 302
    page = text(claire, f"{HERE}entier/")
    assert "Une année calme" in page
    assert "<strong>mot</strong> et &lt;b&gt;un autre" in page


def test_a_text_typed_on_an_old_page_is_not_lost(claire: Client) -> None:
    claire.post(EVOLUTION, written(text="Le premier texte"))
    second = claire.post(EVOLUTION, written(text="Le second texte")).content.decode()
    assert "entre-temps" in second
    assert "Le premier texte" in second
    assert "Le second texte" in second
    assert claire.post(EVOLUTION, written(text="Le second texte", revision="2")).status_code == 302


def test_the_title_that_somebody_else_chose_is_shown_too(claire: Client) -> None:
    claire.post(EVOLUTION, written(title="Son titre", text="Son texte"))
    second = claire.post(EVOLUTION, written(title="Le mien")).content.decode()
    assert "<strong>Son titre</strong>" in second
    assert 'value="Le mien"' in second


def test_what_is_typed_while_it_is_frozen_is_given_back(claire: Client) -> None:
    claire.post(f"{HERE}figer/")
    sent = {
        EVOLUTION: {"title": "Mon titre", "text": "Des heures de travail"},
        f"{HERE}chapitres/foreword/": {"citation-words": "Merci", "citation-who": "Une élue"},
        f"{HERE}chapitres/highlights/": {"fait-title": "Une matinée", "fait-words": "À dire", "text": "Et"},
    }
    for address, typed in sent.items():
        answer = claire.post(address, written(**typed))
        assert answer.status_code == 200
        page = answer.content.decode()
        assert "Ce rapport a été figé par Claire Vasseur" in page
        assert all(f"\n{value}</textarea>" in page for value in typed.values())
    assert claire.get(EVOLUTION).status_code == 404
    removal = claire.post(f"{HERE}chapitres/foreword/", written(geste="retirer-quote-1"))
    assert "figé par Claire Vasseur" in removal.content.decode()


def test_a_finding_is_left_out_by_unticking_it(claire: Client, cast: Cast) -> None:
    chapter, told = f"{LIST}2025/1/chapitres/findings/", "Des retenues sans échange"
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        one = findings.Told(title=told, words="Des mots")
        findings.open_finding(told=one, by=cast.claire, at=datetime(2026, 2, 2, 9, tzinfo=UTC))
    claire.post(LIST, {"year": "2025"})
    assert "Constats racontés dans ce rapport" in text(claire, chapter)
    assert told in text(claire, f"{LIST}2025/1/entier/?edition=publique")
    assert claire.post(chapter, written()).status_code == 302
    assert told not in text(claire, f"{LIST}2025/1/entier/?edition=publique")
    assert told in text(claire, chapter)
    assert "Choisissez des constats de la liste" in (
        claire.post(chapter, written(revision="2", findings="99")).content.decode()
    )
    claire.post(chapter, written(revision="2", findings="1"))
    assert told in text(claire, f"{LIST}2025/1/entier/?edition=publique")


def test_a_social_security_number_is_refused(claire: Client) -> None:
    page = claire.post(EVOLUTION, written(text="Son numéro : 2 84 05 75 115 123 27")).content.decode()
    assert "numéro de sécurité sociale" in page


def test_sentences_taken_over_are_those_that_everybody_may_read(claire: Client, cast: Cast) -> None:
    taken = written(text="Le mien", geste="reprendre")
    refused = claire.post(EVOLUTION, taken).content.decode().replace("\u00a0", " ")
    assert "Les chiffres de 2026 ne sont pas encore publiés" in refused
    # Refused, and saved all the same: nobody has to press twice to keep their words.
    assert 'name="revision" id="id_revision" value="2"' in refused
    assert "Le mien</textarea>" in text(claire, EVOLUTION)
    with rowsecurity.working_for(rowsecurity.national(cast.cnaf.pk)):
        statistics.publish_year(year=2026, by=cast.helene, at=LATER)
    for _ in ("pressed", "pressed twice"):
        assert claire.post(EVOLUTION, taken | {"revision": "2"}).status_code == 302
    own = text(claire, EVOLUTION).split("</textarea>")[0]
    assert own.count("Trop peu de saisines") == 1
    assert own.endswith("Le mien")


def a_picture() -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (40, 20), "#0e5460").save(out, "PNG")
    picture = io.BytesIO(out.getvalue())
    picture.name = "matinee.png"
    return picture


def quotes(cast: Cast) -> list[int]:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        return list(AnnualReport.objects.get().quotes.values_list("pk", flat=True))


QUOTED = {"citation-words": "Merci", "citation-who": "Une élue"}


def test_highlights_quotes_and_pictures_are_added_and_removed(claire: Client, cast: Cast) -> None:
    chapter = f"{HERE}chapitres/highlights/"
    date = {"fait-happened_on_day": "13", "fait-happened_on_month": "12", "fait-happened_on_year": "2026"}
    happened = date | {"fait-title": "Matinée d’échanges", "fait-words": ""}
    claire.post(chapter, written(text="Un", geste="highlight", **happened))
    claire.post(chapter, written(text="Un deux", revision="2", geste="quote", **QUOTED))
    shown = {"image-file": a_picture(), "image-alternative": "La salle", "image-caption": ""}
    claire.post(chapter, written(text="Un deux trois", revision="3", geste="picture") | shown)
    page = text(claire, chapter)
    for words in ("Matinée d’échanges", "« Merci »", 'alt="La salle"', "Un deux trois</textarea>"):
        assert words in page
    [quote] = quotes(cast)
    claire.post(chapter, written(text="Quatre", revision="4", geste=f"retirer-quote-{quote}"))
    page = text(claire, chapter)
    assert "« Merci »" not in page
    assert "Quatre</textarea>" in page


def test_all_that_is_typed_is_kept_whatever_button_is_pressed(claire: Client, cast: Cast) -> None:
    chapter = f"{HERE}chapitres/foreword/"
    both = written(text="Le mien", **QUOTED, **{"citation-entry_key": str(uuid4())})
    for pressed in ("", "quote", "suivant", "retirer-quote-0"):
        assert claire.post(chapter, both | {"geste": pressed}).status_code == 302
    assert len(quotes(cast)) == 1
    assert "Le mien</textarea>" in text(claire, chapter)


def test_what_is_not_whole_stays_typed_and_the_text_is_saved(claire: Client, cast: Cast) -> None:
    page = claire.post(EVOLUTION, written(text="Le mien", **{"citation-words": "Merci"})).content.decode()
    assert "Dites qui parle" in page
    assert "\nMerci</textarea>" in page
    assert "Le mien</textarea>" in text(claire, EVOLUTION)
    wrong = written(text="Son numéro : 2 84 05 75 115 123 27", revision="2", geste="quote", **QUOTED)
    page = claire.post(EVOLUTION, wrong).content.decode()
    assert "115 123 27</textarea>" in page
    assert len(quotes(cast)) == 1


def test_of_two_at_once_the_second_adds_what_conflicts_with_nothing(claire: Client, cast: Cast) -> None:
    claire.post(EVOLUTION, written(text="Le premier texte"))
    second = claire.post(EVOLUTION, written(text="Le second texte", geste="quote", **QUOTED))
    page = second.content.decode().replace("\u00a0", " ")
    for words in ("entre-temps", "Le premier texte", "Le second texte</textarea>", "« Merci »"):
        assert words in page
    assert "Le premier texte</textarea>" in text(claire, EVOLUTION)


def test_saving_the_same_again_says_nothing(claire: Client) -> None:
    for _ in ("pressed", "pressed twice"):
        answer = claire.post(EVOLUTION, written(text="Le mien", geste="suivant"))
        assert answer.status_code == 302
        assert answer["Location"] not in (EVOLUTION, "")
    assert 'value="2"' in text(claire, EVOLUTION)


def test_a_picture_without_words_says_what_is_missing(claire: Client) -> None:
    chapter = f"{HERE}chapitres/online/"
    page = claire.post(chapter, written(geste="picture")).content.decode()
    assert "Choisissez une image" in page
    assert "tout le monde ne la voit pas" in page
    again = claire.post(chapter, written() | {"image-file": a_picture()}).content.decode()
    assert "Choisissez l’image de nouveau" in again


@pytest.mark.parametrize("pressed", ["retirer-", "retirer-quote-", "retirer-person-1", "retirer-quote-x"])
def test_nothing_else_is_removed(claire: Client, pressed: str) -> None:
    assert claire.post(EVOLUTION, written(geste=pressed)).status_code == 404


def publish_the_figures(cast: Cast) -> None:
    with rowsecurity.working_for(rowsecurity.national(cast.cnaf.pk)):
        statistics.publish_year(year=2026, by=cast.helene, at=LATER)


def test_frozen_too_early_it_says_that_it_stays_inside(claire: Client, cast: Cast) -> None:
    assert "il ne pourra être publié que par une version corrigée" in text(claire, HERE)
    claire.post(f"{HERE}figer/")
    page = text(claire, HERE)
    assert "Ce rapport reste interne" in page
    assert "Publier le rapport" not in page
    assert "n’étaient pas publiés" in claire.post(f"{HERE}publier/").content.decode()
    publish_the_figures(cast)
    assert "Ils le sont maintenant" in text(claire, HERE)


def test_a_version_replaced_by_another_is_not_corrected(claire: Client, cast: Cast) -> None:
    claire.post(f"{HERE}figer/")
    claire.post(f"{HERE}corriger/", {"because": "Un nom"})
    assert "Ouvrir une version corrigée" not in text(claire, HERE)
    assert "Une version plus récente remplace celle-ci" in text(claire, HERE)


def test_a_year_of_totals_says_why_it_stays_inside(claire: Client, cast: Cast) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        taken(TOTALS_MODEL, by=cast.claire)
    claire.post(LIST, {"year": "2019"})
    why = "L’année 2019 est connue par des totaux repris, sans les dossiers"
    assert why in text(claire, f"{LIST}2019/1/")
    assert claire.post(f"{LIST}2019/1/figer/").status_code == 302
    assert why in text(claire, f"{LIST}2019/1/")
    assert why not in text(claire, HERE)


def test_frozen_then_published_it_is_read_by_everybody(claire: Client, cast: Cast) -> None:
    publish_the_figures(cast)
    stranger = Client()
    assert stranger.get("/rapports/75/2026/").status_code == 404
    claire.post(f"{HERE}figer/")
    assert claire.get(EVOLUTION).status_code == 404
    assert stranger.get("/rapports/75/2026/").status_code == 404
    claire.post(f"{HERE}publier/")
    page = text(stranger, "/rapports/75/2026/")
    assert "Rapport d’activité 2026" in page
    assert "Rapport d’activité 2026" in text(stranger, "/rapports/75/")
    reader = PdfReader(io.BytesIO(stranger.get("/rapports/75/2026/pdf/").content))
    assert reader.metadata is not None
    assert reader.metadata.title == "Rapport d’activité 2026, Caf de Paris"
    assert stranger.get("/rapports/75/2026/donnees/").content[:2] == b"PK"


def test_the_page_of_everybody_tells_no_small_number(claire: Client, cast: Cast) -> None:
    assert "ne sont pas encore publiés" in text(claire, HERE)
    with rowsecurity.working_for(rowsecurity.national(cast.cnaf.pk)):
        statistics.publish_year(year=2026, by=cast.helene, at=LATER)
    assert "ne sont pas encore publiés" not in text(claire, HERE)
    claire.post(f"{HERE}figer/")
    claire.post(f"{HERE}publier/")
    assert "1 saisine" in text(claire, f"{HERE}entier/")
    outside = text(Client(), "/rapports/75/2026/")
    assert "1 saisine" not in outside
    assert "Trop peu de saisines" in outside


def test_a_correction_asks_what_it_corrects(claire: Client) -> None:
    claire.post(f"{HERE}figer/")
    assert "Dites ce que cette version corrige" in claire.post(f"{HERE}corriger/").content.decode()
    claire.post(f"{HERE}corriger/", {"because": "Un nom"})
    assert "version 2" in text(claire, f"{LIST}2026/2/")


def test_a_year_that_runs_says_why_it_cannot_be_frozen(claire: Client) -> None:
    claire.post(LIST, {"year": "2027"})
    assert "n’est pas finie" in text(claire, f"{LIST}2027/1/")
    assert "n’est pas finie" in claire.post(f"{LIST}2027/1/figer/").content.decode()


def test_whoever_assists_reads_and_does_not_write(claire: Client, cast: Cast) -> None:
    nadia = SignedIn().as_staff(cast.nadia)
    assert "Ouvrir le rapport" not in text(nadia, LIST)
    assert nadia.post(LIST, {"year": "2025"}).status_code == 403
    assert nadia.get(HERE).status_code == 200
    assert nadia.post(f"{HERE}figer/").status_code == 403
    assert SignedIn().as_staff(cast.remi).get(HERE).status_code == 404


def test_the_national_mediation_has_its_own(cast: Cast, browser: SignedIn) -> None:
    browser.as_staff(cast.helene).post(LIST, {"year": "2025"})
    assert "De 2025, rien n’est connu" in text(browser, f"{LIST}2025/1/entier/")
    browser.post(f"{LIST}2025/1/figer/")
    browser.post(f"{LIST}2025/1/publier/")
    assert "Rapport d’activité 2025" in text(Client(), "/rapports/CNAF/2025/")


def test_freezing_says_how_many_chapters_nobody_read_again(claire: Client, cast: Cast) -> None:
    said = text(claire, HERE)
    assert "18 chapitres ne sont pas relus" in said
    assert f"{HERE}chapitres/foreword/" in said
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        Chapter.objects.filter(code="foreword").update(progress=Progress.READ_AGAIN)
    said = text(claire, HERE)
    assert "17 chapitres ne sont pas relus" in said
    assert f'<a href="{HERE}chapitres/missions/" class="govuk-button' in said
