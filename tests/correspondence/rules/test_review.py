from mediane.correspondence.rules.review import Remedy, review

GOOD = """Madame,

Votre salaire a été compté deux fois : c’est une erreur. La règle est à l’article R. 822-2.

Vous pouvez faire un recours, puis saisir le tribunal administratif."""
APL = Remedy("APL", "la direction de la Caf", "tribunal administratif")
AF = Remedy("Allocations familiales", "la commission de recours amiable", "tribunal judiciaire, pôle social")


def stopping(title: str, body: str, *remedies: Remedy) -> list[str]:
    return [remark.sentence for remark in review(title, body, remedies=remedies or (APL,)) if remark.stops]


def test_a_good_letter_may_be_signed() -> None:
    assert stopping("La Caf révise", GOOD) == []


def test_what_is_left_to_write_is_named_once() -> None:
    assert stopping("[Titre]", f"{GOOD} [montant] [montant] {{caf}}") == [
        "«\u00a0[Titre]\u00a0» reste à écrire ou à retirer.",
        "«\u00a0[montant]\u00a0» reste à écrire ou à retirer.",
        "«\u00a0{caf}\u00a0» reste à écrire ou à retirer.",
    ]


def test_a_letter_has_a_title_and_a_text() -> None:
    assert len(stopping(" ", " ")) == 2


def test_the_court_of_each_benefit_is_named_or_the_letter_is_not_signed() -> None:
    (missing,) = stopping("T", GOOD, APL, AF)
    assert "(Allocations familiales)" in missing
    assert "le tribunal judiciaire n’est pas nommé" in missing
    assert "{voies_de_recours}" in missing
    assert stopping("T", f"{GOOD} Ou le TRIBUNAL\u00a0judiciaire.", APL, AF) == []


def test_a_reply_says_why() -> None:
    without = "Madame,\n\nLa Caf maintient sa décision.\n\nVous pouvez saisir le tribunal administratif."
    assert [words for words in stopping("T", without) if "ne dit pas pourquoi" in words]


def test_a_notice_has_no_remedy_to_name() -> None:
    assert [remark for remark in review("Reçue", "Madame,\n\nNous l’étudions.") if remark.stops] == []


def test_the_law_and_the_first_appeal_are_only_reminded_of() -> None:
    body = "Madame,\n\nC’est une erreur.\n\nSaisissez le tribunal administratif."
    said = [remark.sentence for remark in review("T", body, remedies=[APL]) if not remark.stops]
    assert "Aucun texte n’est cité" in said[1]
    assert "auprès de\u00a0: la direction de la Caf" in said[0]
