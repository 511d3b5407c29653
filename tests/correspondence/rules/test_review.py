from mediane.correspondence.rules.review import review

GOOD = "Madame,\n\nVous pouvez saisir le tribunal."


def sentences(title: str, body: str, *, stops: bool) -> list[str]:
    return [remark.sentence for remark in review(title, body, is_reply=True) if remark.stops is stops]


def test_a_good_letter_has_no_remark() -> None:
    assert review("La Caf révise", GOOD, is_reply=True) == []


def test_what_is_left_to_write_is_named_once() -> None:
    assert sentences("[Titre]", f"{GOOD} [montant] [montant] {{caf}}", stops=True) == [
        "«\u00a0[Titre]\u00a0» reste à écrire ou à retirer.",
        "«\u00a0[montant]\u00a0» reste à écrire ou à retirer.",
        "«\u00a0{caf}\u00a0» reste à écrire ou à retirer.",
    ]


def test_a_letter_has_a_title_and_a_text() -> None:
    assert len(sentences(" ", " ", stops=True)) == 2


def test_remedies_left_out_are_said_and_stop_nothing() -> None:
    assert sentences("T", "Madame, c’est fini.", stops=False) == [
        "La lettre ne dit pas comment contester\u00a0: ni recours, ni tribunal."
    ]


def test_a_long_sentence_is_pointed_at() -> None:
    long = " ".join(["mot"] * 31)
    assert sentences("T", f"{GOOD} {long}. Puis une courte.", stops=False) == [
        "Phrase longue\u00a0: «\u00a0mot mot mot mot mot mot…\u00a0»"
    ]
