"""A work plan of one’s own: views, columns, keys, what changed since one’s visit."""

import re
from datetime import datetime
from uuid import uuid4

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from mediane.accounts.models import User
from mediane.casework import actions as casework
from mediane.kit import clock
from mediane.worklists import actions
from mediane.worklists.models import SavedView
from mediane.worklists.queries.desks import desk_of
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.stories import a_case, a_studied_case
from tests.worklists.stories import fresh, in_paris

URL = "/bureau/"
KEEP = f"{URL}vues/nouvelle/?vue=a-qualifier&canal=ONLINE&tri=anciennes"


def kept(browser: SignedIn, name: str = "Nouvelles en ligne", audience: str = "moi", **more: str):
    return browser.post(KEEP, {"name": name, "audience": audience, **more})


def view(cast: Cast) -> SavedView:
    with in_paris(cast):
        return SavedView.objects.get()


def test_a_list_is_kept_then_opened_with_its_filters_and_order(
    browser: SignedIn, cast: Cast, at: datetime
) -> None:
    a_case(cast.samira, at)
    a_studied_case(cast.lucette, cast.nadia, at)
    assertContains(
        browser.as_staff(cast.claire).get(KEEP), "À qualifier, canal\u00a0: En ligne, demandes les"
    )
    address = kept(browser)["Location"]
    shown = browser.get(address)
    assertContains(shown, "Samira Belkacem")
    assertNotContains(shown, "Lucette Morvan")
    assertContains(shown, 'aria-current="page">Nouvelles en ligne</a>')
    assertNotContains(shown, "n’est plus tout à fait")
    assertContains(browser.get(address.replace("canal=ONLINE", "canal=MAIL")), "n’est plus tout à fait")
    assertContains(browser.get(f"{URL}vues/"), '<td class="m-number" data-label="Dossiers ouverts">1</td>')


def test_a_double_click_keeps_one_and_refuses_nothing(browser: SignedIn, cast: Cast) -> None:
    browser.as_staff(cast.claire)
    key = str(uuid4())
    assert kept(browser, entry_key=key)["Location"] == kept(browser, entry_key=key)["Location"]
    assert view(cast).name == "Nouvelles en ligne"


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"name": " "}, "Donnez un nom"),
        ({"name": "x" * 61}, "trop long"),
        ({"name": "2 84 05 88 423 157 44"}, "numéro de sécurité sociale"),
        ({"audience": "tous"}, "Choisissez l’une"),
        ({"entry_key": "x"}, "incomplète"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    browser: SignedIn, cast: Cast, sent: dict[str, str], said: str
) -> None:
    shown = kept(browser.as_staff(cast.claire), **{"name": "Nouvelles en ligne"} | sent)
    assertContains(shown, said)
    assertContains(shown, f"{KEEP.replace(URL, '').split('?')[1].replace('&', '&amp;')}")
    assertContains(shown, sent.get("name", "Nouvelles en ligne").strip() or "Nom de la vue")


def test_the_work_plan_opens_on_the_view_chosen_and_all_cases_stay_at_hand(
    browser: SignedIn, cast: Cast
) -> None:
    kept(browser.as_staff(cast.claire))
    number = view(cast).number
    browser.post(f"{URL}vues/debut/", {"number": number})
    assertRedirects(browser.get(URL), f"{URL}?vue=a-qualifier&canal=ONLINE&tri=anciennes&liste={number}")
    assertContains(browser.get(f"{URL}?vue=tous"), "Aucun dossier ouvert")
    browser.post(f"{URL}vues/{number}/suppression/")
    browser.post(f"{URL}vues/{number}/suppression/")
    assertContains(browser.get(URL), "Aucun dossier ouvert")
    assertContains(browser.get(f"{URL}?vue=tous&liste={number}"), "Cette vue n’existe plus")


def test_a_view_is_renamed_replaced_and_said_to_who_comes_too_late(browser: SignedIn, cast: Cast) -> None:
    kept(browser.as_staff(cast.nadia), audience="service")
    number = view(cast).number
    sent = {"name": "Pour tous", "audience": "service", "version": "1"}
    assertRedirects(browser.post(f"{URL}vues/{number}/", sent), f"{URL}vues/")
    late = browser.as_staff(cast.claire).post(
        f"{URL}vues/{number}/remplacement/", {"here": "?vue=miens", "version": "1"}
    )
    assertContains(late, "Nadia Pruvost vient de changer cette vue")
    done = browser.post(f"{URL}vues/{number}/remplacement/", {"here": "?vue=miens", "version": "2"})
    assert done["Location"] == f"{URL}?vue=miens&liste={number}"
    assert browser.as_staff(cast.amine).get(f"{URL}vues/{number}/").status_code == 404
    assertContains(browser.get(f"{URL}vues/"), "Partagée par Nadia Pruvost")


@pytest.mark.parametrize("version", ["²", "", "9" * 40, "-1"])
def test_a_version_nobody_was_shown_replaces_nothing(browser: SignedIn, cast: Cast, version: str) -> None:
    kept(browser.as_staff(cast.claire))
    sent = {"here": "?vue=miens&depuis=x", "version": version}
    shown = browser.post(f"{URL}vues/{view(cast).number}/remplacement/", sent)
    assertContains(shown, "vient de changer")


def test_what_a_view_asked_and_is_gone_is_said(browser: SignedIn, cast: Cast) -> None:
    kept(browser.as_staff(cast.claire))
    with in_paris(cast):
        SavedView.objects.update(asked={"tab": "tous", "channels": ["FAX"], "assignees": [999_999]})
    shown = browser.get(f"{URL}?vue=tous&liste={view(cast).number}")
    assertContains(shown, "«\u00a0FAX\u00a0», qui n’est plus dans la liste")
    assertContains(shown, "une personne qui ne fait plus partie de l’équipe")


def test_views_cost_the_same_whatever_their_number(
    browser: SignedIn, cast: Cast, django_assert_num_queries
) -> None:
    browser.as_staff(cast.claire)
    browser.get(f"{URL}vues/")
    for number in (1, 19):
        for rank in range(number):
            kept(browser, f"Vue {number} {rank}")
        with django_assert_num_queries(9):
            browser.get(f"{URL}vues/")


def test_columns_are_moved_without_a_script_then_kept(browser: SignedIn, cast: Cast, at: datetime) -> None:
    a_case(cast.samira, at)
    page = f"{URL}colonnes/"
    browser.as_staff(cast.claire)
    order = re.findall(r'name="order" value="(\w+)"', browser.get(page).content.decode())
    sent = {"order": order, "column": ["state", "age"], "up": "age"}
    for _ in range(order.index("age") - order.index("state")):
        shown = browser.post(page, sent)
        sent["order"] = re.findall(r'name="order" value="(\w+)"', shown.content.decode())
    assert sent["order"].index("age") < sent["order"].index("state")
    del sent["up"]
    assertContains(browser.post(page, sent | {"column": [], "keep": "1"}), "Choisissez au moins une colonne")
    assertRedirects(browser.post(page, sent | {"keep": "1"}), URL)
    heads = re.findall(r'<th scope="col"[^>]*>([^<]+)</th>', browser.get(URL).content.decode())
    assert heads[2:] == ["Ancienneté", "État"]
    assertContains(browser.post(page, sent | {"usual": "1"}), 'value="benefit" checked')


@pytest.mark.parametrize(
    "sent", [{}, {"order": ["x", "age", "age"], "column": ["x"], "up": "x", "down": "y"}]
)
def test_columns_sent_by_hand_break_nothing(browser: SignedIn, cast: Cast, sent: dict) -> None:
    assert browser.as_staff(cast.claire).post(f"{URL}colonnes/", sent).status_code == 200


@pytest.mark.parametrize("columns", [["received", "age", "channel", "origin", "grounds", "admissible"]])
def test_every_column_says_what_it_holds(
    browser: SignedIn, cast: Cast, at: datetime, columns: list[str]
) -> None:
    a_studied_case(cast.samira, cast.nadia, at)
    with in_paris(cast):
        actions.choose_columns(columns=columns, by=cast.claire, at=at)
    shown = browser.as_staff(cast.claire).get(URL)
    for words in ("9\u00a0nov.", "jours", "En ligne", "Trop-perçu"):
        assertContains(shown, words)


def test_keys_are_off_until_one_turns_them_on(browser: SignedIn, cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    pages = (URL, f"{URL}dossiers/{case.reference}/", f"{URL}raccourcis/")
    browser.as_staff(cast.claire)
    for page in pages:
        assertNotContains(browser.get(page), "data-shortcuts")
    browser.post(f"{URL}raccourcis/", {"on": "1"})
    for page in pages:
        assertContains(browser.get(page), "data-shortcuts")
    browser.post(f"{URL}raccourcis/", {"off": "1"})
    assertNotContains(browser.get(URL), "data-shortcuts")


def test_what_changed_since_one_s_visit_is_said_until_one_opens_it(
    browser: SignedIn, cast: Cast, at: datetime
) -> None:
    case = a_studied_case(cast.samira, cast.nadia, at)
    browser.as_staff(cast.nadia)
    assertContains(browser.get(URL), "Attribué à vous, jamais ouvert")
    with in_paris(cast):
        actions.open_case(case=case, by=cast.nadia, at=clock.now().replace(year=2025))
        casework.write_to_person(case=fresh(case), body="Bonjour", by=cast.claire, at=at)
    assertContains(browser.get(URL), "Modifié depuis votre visite\u00a0: 1\u00a0message")
    page = f"{URL}dossiers/{case.reference}/"
    assertContains(browser.get(page), "dans le fil</a>")
    assertContains(browser.get(page), '<span class="m-new">Nouveau</span>')
    assertNotContains(browser.get(URL), "Modifié depuis votre visite")


def test_what_a_colleague_writes_about_oneself_is_new_and_one_s_own_is_not(
    browser: SignedIn, cast: Cast, at: datetime
) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    with in_paris(cast):
        actions.open_case(case=case, by=cast.nadia, at=clock.now().replace(year=2025))
        nadia = User.objects.get(pk=cast.nadia.id)
        casework.assign(case=fresh(case), to=nadia, by=cast.claire, at=at)
        casework.write_to_person(case=fresh(case), body="Bonjour", by=cast.nadia, at=at)
    shown = browser.as_staff(cast.nadia).get(f"{URL}dossiers/{case.reference}/").content.decode()
    given, written = shown.index("Attribué à Nadia Pruvost"), shown.index("Message de Nadia Pruvost")
    assert '<span class="m-new">Nouveau</span>' in around(shown, given)
    assert '<span class="m-new">Nouveau</span>' not in around(shown, written)


def around(page: str, place: int) -> str:
    """The entry of the thread that says it."""
    return page[page.rindex("<li", 0, place) : page.index("</li>", place)]


def test_all_is_called_seen_at_once(browser: SignedIn, cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    with in_paris(cast):
        actions.open_case(case=case, by=cast.nadia, at=at)
    browser.as_staff(cast.nadia)
    assertContains(browser.get(URL), "Modifié depuis votre visite")
    assertRedirects(browser.post(f"{URL}vus/", {"here": "?vue=tous"}), f"{URL}?vue=tous")
    assertNotContains(browser.get(URL), "Modifié depuis votre visite")


def test_a_view_of_another_caf_is_nowhere(browser: SignedIn, cast: Cast) -> None:
    kept(browser.as_staff(cast.claire), audience="service")
    number = view(cast).number
    browser.as_staff(cast.remi)
    assert browser.get(f"{URL}vues/{number}/").status_code == 404
    assert browser.post(f"{URL}vues/debut/", {"number": number}).status_code == 404
    assertNotContains(browser.get(f"{URL}vues/"), "Nouvelles en ligne")
    with in_paris(cast):
        assert not desk_of(organisation_id=cast.paris.pk, user_id=cast.remi.id, at=clock.now()).begins_with
