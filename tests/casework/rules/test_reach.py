from dataclasses import dataclass

from mediane.casework.rules.reach import TO_ASK, reach


@dataclass
class Body:
    label: str = "MDPH"
    with_article: str = "la MDPH"
    page: str = "https://lannuaire.service-public.gouv.fr"
    phone: str = ""
    postal_address: str = ""
    is_at_the_caf: bool = False


def test_an_address_that_depends_on_the_department_is_asked_for_never_invented() -> None:
    ways = reach(Body(), caf="Caf de Paris", caf_address="50 rue Inventée\n75000 Paris").lines()
    assert ways[0] == f"Par courrier\u00a0: {TO_ASK}"
    assert "adresse à demander" in ways[0]
    assert not any("Inventée" in way for way in ways)


def test_a_commission_of_the_caf_is_written_to_at_the_caf() -> None:
    body = Body(label="Commission de recours amiable", is_at_the_caf=True, phone="32 30")
    known = reach(body, caf="Caf de Paris", caf_address="50 rue Inventée\n75000 Paris")
    assert known.address == (
        "Caf de Paris",
        "Commission de recours amiable",
        "50 rue Inventée",
        "75000 Paris",
    )
    assert "Par téléphone\u00a0: 32\u00a030" in known.lines()


def test_a_caf_without_an_address_is_asked_too() -> None:
    assert reach(Body(is_at_the_caf=True), caf="Caf de Paris", caf_address="").by_post == TO_ASK
