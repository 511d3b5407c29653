import pytest

from mediane.precedents.rules.naming import telling_who

HARMLESS = (
    "Une personne seule avec deux enfants recevait une APL trop faible depuis sa séparation. "
    "Le service n’avait pas enregistré le nouveau bail. Un rappel de 12 345,60 € a été versé en 2024, "
    "et la retenue de 187 € par mois a cessé dès mars 2025. La place de l’enfant a été revue."
)


def test_a_story_with_its_sums_and_years_tells_nobody() -> None:
    assert telling_who(HARMLESS, ("Samira", "Belkacem", "")) == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Écrire à service@exemple.fr.", "une adresse électronique"),
        ("Le 3 juin, la Caf a répondu.", "une date au jour près"),
        ("Décision du 03/06/2024.", "une date au jour près"),
        ("Elle habite 12 rue des Lilas.", "une adresse"),
        ("Numéro 4817263.", "un numéro"),
        ("Joignable au 06 39 98 41 27.", "un numéro"),
        ("Elle vit à 75019 Paris.", "un numéro"),
        ("Voir K7MQ-4TRX.", "une référence de dossier"),
        ("Mme Durand le dit.", "un nom"),
        ("La demande de belkacem.", "un nom du dossier"),
        ("Aidée par Hélène.", "un nom du dossier"),
    ],
)
def test_what_would_tell_who_is_named(text: str, what: str) -> None:
    assert [remark.what for remark in telling_who(text, ("Samira", "Belkacem", "Helene Roy"))] == [what]
