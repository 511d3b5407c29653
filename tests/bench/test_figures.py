from bench.figures import MILLION, SCENES, Report, Times, number, p95, spaced, table, verdicts


def times(product: float, bare: float) -> Times:
    return Times(product=[product] * 20, bare=[bare] * 20, raw=[bare / 2] * 20)


def report(size: int, product: float) -> Report:
    return Report(size, {name: times(product, 0.010) for name in SCENES}, 3.0, 2.0, 60.0, 80.0)


def kept(*reports: Report) -> dict[str, bool]:
    return {words: holds for words, _, _, holds in verdicts(reports)}


def test_a_ratio_is_read_against_its_own_limit():
    told = kept(report(10_000, 0.021))
    assert not told["liste de ses demandes, 10\u202f000"]
    assert told["ouvrir un dossier de 30 étapes, 10\u202f000"]


def test_the_list_at_a_million_is_held_to_fifty_milliseconds():
    assert kept(report(MILLION, 0.049))["plan de travail, filtré, p95"]
    assert not kept(report(MILLION, 0.051))["plan de travail, filtré, p95"]


def test_the_cost_is_flat_from_the_smallest_size_to_the_largest():
    told = kept(report(10_000, 0.010), report(MILLION, 0.016))
    assert not told["envoyer la demande, 10\u202f000 → 1\u202f000\u202f000"]


def test_ninety_five_requests_of_a_hundred():
    assert p95([1.0] * 95 + [9.0] * 5) < 9.0
    assert p95([2.0]) == 2.0


def test_figures_are_written_as_in_french():
    assert (number(2.5), number(3.0), spaced(100_000)) == ("2,5", "3", "100\u202f000")
    assert "| plan de travail, première page |" in table(report(10_000, 0.020))


def test_a_search_has_a_hundred_milliseconds_and_grows_with_the_number_of_cases():
    told = kept(report(10_000, 0.010), report(MILLION, 0.099))
    assert told["chercher deux mots, p95"]
    assert not [words for words in told if "chercher" in words and "→" in words]
    assert not kept(report(MILLION, 0.101))["chercher un nom mal écrit, p95"]


def test_a_full_case_has_eighty_milliseconds_at_every_size():
    full = "ouvrir un dossier de 100 étapes, 30 documents, 20 lettres, p95, 10\u202f000"
    assert kept(report(10_000, 0.079))[full]
    assert not kept(report(10_000, 0.081))[full]
