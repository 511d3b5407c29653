from hypothesis import given
from hypothesis import strategies as st

from mediane.correspondence.rules.merging import FIELDS, merge, unfinished

VALUES = st.dictionaries(st.sampled_from(sorted(FIELDS)), st.text(max_size=30))


def test_a_field_takes_its_value() -> None:
    merged = merge("Reçue le {date_de_saisine}.", {"date_de_saisine": "3\u00a0juin\u00a02026"})
    assert (merged.text, merged.missing) == ("Reçue le 3\u00a0juin\u00a02026.", ())


def test_a_field_without_value_stays_in_sight() -> None:
    merged = merge("{motif} {inconnu}", {"motif": ""})
    assert merged.missing == ("motif", "inconnu")
    assert unfinished(merged.text) == [
        "[à compléter\u00a0: pourquoi la demande n’est pas étudiée]",
        "[à compléter\u00a0: inconnu]",
    ]


def test_a_field_of_later_waits() -> None:
    merged = merge("{motif} {caf}", {"caf": "Caf de Paris"}, later=("motif",))
    assert (merged.text, merged.missing) == ("{motif} Caf de Paris", ())
    assert unfinished(merged.text) == ["{motif}"]


@given(VALUES)
def test_a_value_is_never_read_as_text_of_the_letter(values: dict[str, str]) -> None:
    values |= {"nom": "{caf} {% x %} {{ y }} %(z)s {0}", "caf": "Caf de Paris"}
    assert merge("{nom}", values).text == values["nom"]


@given(st.text(), VALUES)
def test_any_text_merges_and_says_what_is_missing(text: str, values: dict[str, str]) -> None:
    merged = merge(text, values)
    for name in merged.missing:
        assert not values.get(name)
        assert f"[à compléter\u00a0: {FIELDS.get(name, name)}]" in merged.text


@given(st.text().filter(lambda text: "{" not in text), VALUES)
def test_a_text_without_field_is_left_alone(text: str, values: dict[str, str]) -> None:
    assert merge(text, values).text == text
