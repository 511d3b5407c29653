from mediane.casework.rules.documents import BY_BENEFIT, useful_documents


def test_each_suggestion_comes_once_and_fits_the_list() -> None:
    suggested = useful_documents(BY_BENEFIT)
    assert len(suggested) == len(set(suggested))
    assert all(len(label) <= 120 for label in suggested)


def test_what_a_benefit_needs_comes_with_it() -> None:
    assert "Quittances de loyer" in useful_documents(["APL"])
    assert "Quittances de loyer" not in useful_documents(["AAH"])
