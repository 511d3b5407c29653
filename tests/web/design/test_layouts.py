import re
from types import SimpleNamespace

from tests.web.design.stage import CLAIRE, environment, page, page_variables

PUBLIC = """{% extends "design/public.html" %}
{% block title %}Votre demande{% endblock %}
{% block content %}<h1>Oui</h1>{% endblock %}"""
DESK = '{% extends "design/desk.html" %}{% set current = "workplan" %}{% block title %}Plan{% endblock %}'
NO_BREAK = "\u00a0"


def test_the_title_ends_with_the_name_of_the_product() -> None:
    assert "<title>Votre demande – Médiane</title>" in page(PUBLIC)


def test_the_first_link_leads_to_the_content() -> None:
    shown = page(PUBLIC)
    assert (
        re.search(r"<a [^>]*>", shown[shown.index("<body") :]).group()
        == '<a class="govuk-skip-link" href="#contenu">'
    )  # type: ignore[union-attr]
    assert shown.count('id="contenu"') == 1


def test_every_script_carries_the_nonce() -> None:
    for shown in (page(PUBLIC), page(DESK, actor=CLAIRE)):
        scripts = re.findall(r"<script[^>]*>", shown)
        assert scripts
        assert all('nonce="n0nce"' in script for script in scripts)


def test_an_empty_aside_leaves_no_landmark() -> None:
    assert "<aside" not in page(PUBLIC)
    assert "<aside" in page(PUBLIC + "{% block aside %}<p>Bloqué ici ?</p>{% endblock %}")


def test_one_signs_out_only_when_signed_in() -> None:
    person = SimpleNamespace(kind="person", name="Samira Belkacem", initials="SB")
    assert "Se déconnecter" not in page(PUBLIC)
    signed_in = page(PUBLIC, actor=person)
    assert "Se déconnecter" in signed_in
    assert "csrfmiddlewaretoken" in signed_in


def test_help_is_in_the_header_signed_in_or_not() -> None:
    person = SimpleNamespace(kind="person", name="Samira Belkacem", initials="SB")
    for shown in (page(PUBLIC), page(PUBLIC, actor=person)):
        menu = re.search(r"<nav .*?</nav>", shown, re.DOTALL)
        assert menu is not None
        assert ">Aide</a>" in menu.group()


def test_a_letter_is_always_possible() -> None:
    assert f"Vous préférez le papier{NO_BREAK}?" in page(PUBLIC)
    assert "service médiation de votre Caf" in page(PUBLIC, organisation=None)


def test_the_demonstration_says_so_on_every_page() -> None:
    for source in (PUBLIC, DESK):
        assert "Données de démonstration" in page(source, demonstration=True, actor=CLAIRE)
        assert "Données de démonstration" not in page(source, actor=CLAIRE)


def test_the_bar_marks_the_current_place() -> None:
    shown = page(DESK, actor=CLAIRE)
    assert re.findall(r'aria-current="page">([^<]+)', shown) == ["Plan de travail"]


def test_the_search_of_the_desk_never_puts_a_name_in_an_address() -> None:
    shown = page(DESK, actor=CLAIRE)
    assert re.search(r'<form[^>]*method="post"[^>]*role="search"', shown)


def test_an_error_page_needs_neither_organisation_nor_actor() -> None:
    variables = page_variables(
        organisation=None, error={"title": "Page introuvable", "text": "Elle a changé."}
    )
    shown = environment().get_template("design/error.html").render(variables)
    assert "<h1" in shown
    assert "Revenir à l’accueil" in shown
