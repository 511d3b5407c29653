"""The numbers of an invented year, close to a real one, for reports that need no case."""

from collections.abc import Mapping

from mediane.reports.rules.composing import Cover, Words
from mediane.reports.rules.numbers import Numbers
from mediane.reports.rules.plan import SECTIONS
from mediane.reports.rules.published import Published
from mediane.statistics.queries.lists import GROUPS
from mediane.statistics.rules.counts import Counts
from mediane.statistics.rules.published import NETWORK, publish
from mediane.statistics.rules.recipes import Told, Year
from mediane.statistics.states import Axis, Population

MEDIATION, OUT = Population.MEDIATION, Population.OUT_OF_SCOPE
YEAR = 2023
LABELS = {
    str(Axis.GROUP): GROUPS,
    str(Axis.ORIGIN): {"BENEFICIARY": "Allocataire", "CAF_CNAF": "Caf ou Cnaf", "PARTNER": "Partenaire"},
    str(Axis.CAUSE): {
        "OVERPAYMENT_NOT_UNDERSTOOD": "Trop-perçu ou remboursement incompris",
        "NON_PAYMENT": "Absence de paiement",
        "OTHER": "Autre cause",
    },
    str(Axis.GROUND): {"NON_PAYMENT": "Absence de paiement", "DELAY": "Délai de traitement"},
    str(Axis.CHANNEL): {"ONLINE": "En ligne", "MAIL": "Courrier", "EMAIL": "Courriel"},
    str(Axis.BENEFIT): {"APL": "Aide personnalisée au logement (APL)", "PPA": "Prime d’activité"},
    str(Axis.OUTCOME): {"revised": "Décision révisée", "upheld": "Décision maintenue"},
}

LEAST = 11
CODES = {Axis(axis): list(codes) for axis, codes in LABELS.items() if axis != Axis.GROUP}
CODES |= {Axis.TOUCHED: ["back_payment", "debt_remitted"], Axis.REPEAT: ["yes"], Axis.PRECEDED: ["yes"]}
NOBODY: Counts = {"all": {"": 0}}


def of_mediation(number: int, **axes: dict[str, int]) -> Counts:
    return {"all": {"": number}, "known_ground": {"yes": number}} | axes


def a_year(mediation: int, out: int) -> dict[Population, Counts]:
    """Shared out in fixed proportions; the cents are of two kinds."""
    over = mediation + out
    parts = lambda whole, *shares: [whole * share // 100 for share in shares]  # noqa: E731
    cause, other = parts(mediation, 45, 41)
    housing, bonus = parts(mediation, 48, 13)
    online, mail = parts(mediation, 30, 50)
    own, caf = parts(over, 80, 15)
    return {
        Population.RECEIVED: {"all": {"": over}},
        MEDIATION: of_mediation(
            mediation,
            cause={
                "OVERPAYMENT_NOT_UNDERSTOOD": cause,
                "NON_PAYMENT": other,
                "OTHER": mediation - cause - other,
            },
            group={"logement": housing, "activité": bonus},
            benefit={"APL": housing, "PPA": bonus},
            ground={"NON_PAYMENT": other, "DELAY": cause},
            channel={"ONLINE": online, "MAIL": mail, "EMAIL": mediation - online - mail},
            outcome={"revised": other, "upheld": mediation - other},
            days_reply={"30": mediation // 2, "60": mediation - mediation // 2},
            lines={"back_payment": 40, "debt_remitted": 3},
            touched={"back_payment": min(mediation, 40), "debt_remitted": min(mediation, 3)},
            cents={"back_payment": mediation * 10_012, "debt_remitted": 250_050},
            origin={"BENEFICIARY": own, "CAF_CNAF": caf, "PARTNER": over - own - caf},
        ),
        OUT: {
            "all": {"": out},
            "channel": {"ONLINE": out // 3, "MAIL": out - out // 3},
            "repeat": {"yes": over // 25},
        },
    }


def months(total: int) -> list[int]:
    """Two peaks, in March and in September."""
    usual = total // 14
    counted = [usual] * 12
    counted[2] = counted[8] = usual * 3 // 2
    counted[11] += total - sum(counted)
    return counted


def numbers(year: int = YEAR, **changed: object) -> Numbers:
    own = {
        year - 4: a_year(500, 200),
        year - 3: a_year(600, 210),
        year - 2: a_year(700, 318),
        year - 1: a_year(1072, 404),
        year: a_year(936, 518),
    }
    given: dict[str, object] = {
        "year": year,
        "own": own,
        "network": {one: a_year(90_000, 30_000) for one in own},
        "months": {year - 1: months(1476), year: months(1454)},
        "online_from": 7,
        "online": a_year(230, 144),
        "since": a_year(480, 260),
        "labels": LABELS,
    }
    return Numbers(**(given | changed))  # type: ignore[arg-type]


def published(**changed: object) -> Published:
    """What the open data would tell of these numbers, beside a large Caf."""
    given = numbers(**changed)
    own = {year: told_of(counted, year) for year, counted in given.own.items()}
    return Published(
        given.without_counts(),
        own={year: told["75"] for year, told in own.items()},
        network={year: told[NETWORK] for year, told in own.items()},
        smallest=LEAST,
    )


def told_of(counted: Mapping[Population, Counts], year: int) -> dict[str, Told]:
    """The whole year in its last month but for what two months of peaks take."""
    years = {"75": counted, "93": a_year(9_000, 3_000)}
    return publish({caf: Year(one, by_month(one, year)) for caf, one in years.items()}, CODES, LEAST)


def by_month(counted: Mapping[Population, Counts], year: int) -> dict[str, dict[Population, Counts]]:
    """What was handled, shared out over the months."""
    found = {population: months(counted.get(population, NOBODY)["all"][""]) for population in Population}
    return {
        f"{year}-{month:02}": {one: {"all": {"": counts[month - 1]}} for one, counts in found.items()}
        for month in range(1, 13)
    }


def words() -> dict[str, Words]:
    return {code: Words(text=section.words) for code, section in SECTIONS.items()} | {
        "foreword": Words(
            text="Une **nouvelle** étape.\n\n- Écouter\n- Expliquer",
            quotes=[("Nous saurons poursuivre.", "Direction, Caf de Paris")],
        ),
        "highlights": Words(highlights=[("13 décembre 2023", "Matinée d’échanges", "Avec les partenaires.")]),
    }


def cover(**changed: object) -> Cover:
    given: dict[str, object] = {
        "caf": "Caf de Paris",
        "code": "75",
        "year": YEAR,
        "version": 1,
        "frozen_on": "31 janvier 2024",
        "counted_on": "31 janvier 2024",
        "frozen_at": "2024-01-31T10:00:00+01:00",
        "is_demonstration": True,
    }
    return Cover(**(given | changed))  # type: ignore[arg-type]
