from dataclasses import dataclass
from datetime import UTC, datetime

from mediane.casework.rules.sentences import too_late


@dataclass(frozen=True)
class Done:
    at: datetime = datetime(2026, 11, 23, 9, 12, tzinfo=UTC)
    by_name: str = "Nadia Pruvost"

    def get_act_display(self) -> str:
        return "Prendre en charge"


def test_who_when_and_what_are_said_then_where_the_case_stands() -> None:
    assert too_late(Done(), "À l’étude", "Europe/Paris") == (
        "Nadia Pruvost a agi sur ce dossier le 23\u00a0novembre\u00a02026 à 10\u00a0h\u00a012"
        "\u00a0: «\u00a0Prendre en charge\u00a0». Il est maintenant dans l’état «\u00a0À l’étude\u00a0»."
    )


def test_a_race_is_not_invented_where_nobody_was_first() -> None:
    """The same words answer whoever comes back to a step of their own."""
    assert "avant vous" not in too_late(Done(), "À l’étude", "Europe/Paris")
    assert too_late(None, "À l’étude", "Europe/Paris").startswith("Le dossier est maintenant")
