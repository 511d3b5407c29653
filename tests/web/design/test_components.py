import re
from time import process_time

import pytest
from jinja2 import UndefinedError

from mediane.kit.refusal import Refusal
from mediane.web.forms import refusals_on
from tests.web.design.stage import component, contested, environment, gallery

NO_BREAK = "\u00a0"


def ids(page: str) -> list[str]:
    return re.findall(r' id="([^"]+)"', page)


@pytest.fixture(scope="module")
def everything() -> str:
    return gallery()


def test_every_component_has_its_place_in_the_gallery(everything: str) -> None:
    for piece in ("m-tag", "m-deadline", "m-ruler", "m-thread", "m-steps", "m-sheet", "m-bulk", "m-receipt"):
        assert f'class="{piece}' in everything


def test_an_identifier_serves_once(everything: str) -> None:
    assert len(ids(everything)) == len(set(ids(everything)))


def test_every_label_and_description_leads_somewhere(everything: str) -> None:
    known = set(ids(everything))
    labels = set(re.findall(r' for="([^"]+)"', everything))
    described = {
        one for many in re.findall(r'aria-describedby="([^"]+)"', everything) for one in many.split()
    }
    targets = set(re.findall(r'href="#([^"]+)"', everything))
    assert (labels | described | targets) <= known


def test_no_page_carries_a_style_or_a_script_of_its_own(everything: str) -> None:
    assert not re.search(r'\sstyle="|<style|\son\w+="|<script(?![^>]*src=)', everything)


def test_a_field_in_error_says_so_three_times() -> None:
    form = contested(words=[""])
    page = component("fields", "textarea_field(form.words, hint='En français simple.')", form=form)
    assert 'aria-describedby="id_words-hint id_words-error"' in page
    assert 'aria-invalid="true"' in page
    assert f"Erreur{NO_BREAK}: </span>" in page


def test_a_field_without_error_says_nothing_of_it() -> None:
    page = component("fields", "text_field(form.postcode, width='5')", form=contested())
    assert "error" not in page
    assert "aria-invalid" not in page
    assert 'value="75020"' in page
    assert "(facultatif)" in page


@pytest.mark.parametrize(
    ("wrong", "title"),
    [
        ({"words": [""]}, "Un point à corriger"),
        ({"words": [""], "decided_on_year": ["26"]}, "Deux points à corriger"),
    ],
)
def test_the_summary_counts_what_is_to_correct(wrong: dict[str, list[str]], title: str) -> None:
    assert title in component("fields", "error_summary(form)", form=contested(**wrong))


def test_the_summary_leads_to_the_first_choice_of_a_question() -> None:
    page = component("fields", "error_summary(form)", form=contested(complaint=[""]))
    assert 'href="#id_complaint_0"' in page


def test_a_form_without_error_has_no_summary() -> None:
    assert component("fields", "error_summary(form)", form=contested()).strip() == ""


def test_a_refusal_of_the_whole_form_heads_the_summary() -> None:
    form = contested()
    form.add_error(None, "Cette demande est déjà envoyée")
    assert "<li>Cette demande est déjà envoyée</li>" in component("fields", "error_summary(form)", form=form)


def test_a_refusal_is_not_called_something_to_correct() -> None:
    form = contested()
    with refusals_on(form):
        raise Refusal("Nadia Pruvost a agi sur ce dossier")
    page = component("fields", "error_summary(form)", form=form)
    assert "Cela n’a pas été fait" in page
    assert "à corriger" not in page


def test_the_page_may_say_itself_what_heads_the_summary() -> None:
    page = component("fields", "error_summary(form, title='Le fichier manque')", form=contested(words=[""]))
    assert "Le fichier manque</h2>" in page


def test_nothing_pasted_is_cut_without_a_word() -> None:
    page = component("fields", "text_field(form.postcode)", form=contested())
    assert "maxlength" not in page


def test_the_zone_for_a_file_promises_no_later() -> None:
    assert "plus tard" not in component("fields", "file_field(form.piece)", form=contested())


def test_chosen_answers_stay_chosen() -> None:
    boxes = component("fields", "checkboxes_field(form.benefits)", form=contested())
    assert re.findall(r'value="(\w+)" checked', boxes) == ["apl", "pa"]
    service = component("fields", "select_field(form.service)", form=contested())
    assert re.findall(r'value="(\w+)" selected', service) == ["log"]


def test_what_a_person_writes_is_never_markup() -> None:
    page = component("fields", "textarea_field(form.words)", form=contested(words=["</textarea><script>"]))
    assert "<script>" not in page
    assert "&lt;script&gt;" in component("tags", "urgency(text)", text="<script>")


def test_an_unknown_state_still_shows_its_words() -> None:
    assert "Nouvel état" in component("tags", "state_tag('some_new_state', 'Nouvel état')")


def test_a_state_may_be_named_in_capitals() -> None:
    assert "m-tag--canard" in component("tags", "state_tag('UNDER_STUDY', 'À l’étude')")


def test_an_unknown_icon_is_refused() -> None:
    with pytest.raises(UndefinedError):
        component("icons", "icon('crown')")


def test_each_entry_of_the_thread_begins_with_who() -> None:
    entries = [
        {"side": "person", "date": "22 nov.", "title": "Envoie une pièce"},
        {"side": "caf", "date": "20 nov.", "title": "Rejette", "late": True},
    ]
    page = component("timeline", "median_line(entries, 'Mme Belkacem')", entries=entries)
    assert re.findall(r'm-entry__who">([^<]+)<', page) == [f"Mme Belkacem{NO_BREAK}: ", f"Caf{NO_BREAK}: "]
    assert page.count("m-entry--late") == 1


def test_labels_of_the_ruler_keep_clear_of_each_other() -> None:
    marks = [{"at": at, "date": "1 nov.", "label": "x", "kind": "coming"} for at in (0, 3, 13, 37, 60, 100)]
    page = component("ruler", "ruler(marks, 48)", marks=marks)
    assert re.findall(r"m-mark-at--(above|below)", page) == [
        "below",
        "above",
        "below",
        "below",
        "above",
        "below",
    ]
    assert "m-mark-at--back" not in page


def test_the_bulk_bar_says_what_to_do_without_script() -> None:
    page = component("tables", "bulk_bar(caller=words)", words=lambda: "<button>")
    assert "Cochez des dossiers" in page


def test_fifty_tags_and_chips_cost_little() -> None:
    row = "{{ state_tag('under_study', 'x') }}{{ deadline_chip('late', 'y') }}"
    rows = f"{{% for n in range(50) %}}{row}{{% endfor %}}"
    drawn = environment().from_string(
        '{% from "design/components/tags.html" import state_tag, deadline_chip %}' + rows
    )
    drawn.render()
    begun = process_time()
    for _ in range(10):
        drawn.render()
    assert (process_time() - begun) / 10 < 0.01
