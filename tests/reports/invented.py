"""The numbers of an invented year, close to a real one, for reports that need no case."""

from mediane.reports.queries.numbers import GROUPS
from mediane.reports.rules.composing import Cover, Words
from mediane.reports.rules.numbers import Numbers
from mediane.reports.rules.plan import SECTIONS
from mediane.statistics.rules.counts import Counts
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
