"""A household in the words of OpenFisca-France."""

from datetime import date
from decimal import Decimal
from typing import Any

from mediane.entitlements.rules import Household
from mediane.entitlements.states import Disability, Housing, Right
from mediane.kit.months import months_later

# Housing aid reads the income of two years ago, RSA and prime d’activité that of three months.
MONTHS_BEFORE = 36
HOUSED = {
    Housing.SOCIAL: "locataire_hlm",
    Housing.EMPTY: "locataire_vide",
    Housing.FURNISHED: "locataire_meuble",
    Housing.OWNER: "proprietaire",
    Housing.FREE: "loge_gratuitement",
    Housing.HOMELESS: "sans_domicile",
}
# A rate, and whether access to work is restricted (CSS L.821-1 and L.821-2).
RATES = {Disability.PARTIAL: (0.5, True), Disability.SEVERE: (0.8, False)}
VARIABLES = {
    Right.RSA: "rsa",
    Right.PPA: "ppa",
    Right.HOUSING: "aide_logement",
    Right.ASF: "asf",
    Right.AF: "af",
    Right.AAH: "aah",
}


def situation(of: Household) -> dict[str, Any]:
    month = f"{of.month:%Y-%m}"
    adults = ["adult"] + ["other"] * of.is_couple
    children = [f"child{rank}" for rank in range(len(of.children))]
    people: dict[str, Any] = {
        "adult": _adult(of.month, of.age, of.wages, of.unemployment) | _disabled(of, month),
        **{name: _born(of.month, age) for name, age in zip(children, of.children, strict=True)},
    }
    if of.other_age is not None:
        people["other"] = _adult(of.month, of.other_age, of.other_wages, of.other_unemployment)
    housed = {
        "statut_occupation_logement": {month: HOUSED[of.housing]},
        "loyer": {month: float(of.rent)},
        "zone_apl": {month: f"zone_{of.zone}"},
    }
    return {
        "month": month,
        "asked": {right.value: variable for right, variable in VARIABLES.items()},
        "situation": {
            "individus": people,
            "familles": {"famille": {"parents": adults, "enfants": children}},
            "foyers_fiscaux": {"foyer": {"declarants": adults, "personnes_a_charge": children}},
            "menages": {
                "menage": {
                    "personne_de_reference": adults[:1],
                    "conjoint": adults[1:],
                    "enfants": children,
                    **housed,
                }
            },
        },
    }


def _adult(month: date, age: int, wages: Decimal, unemployment: Decimal) -> dict[str, Any]:
    months = [f"{months_later(month, -rank):%Y-%m}" for rank in range(MONTHS_BEFORE + 1)]
    return _born(month, age) | {
        "salaire_net": dict.fromkeys(months, float(wages)),
        "chomage_net": dict.fromkeys(months, float(unemployment)),
    }


def _born(month: date, age: int) -> dict[str, Any]:
    """In the month, so that the age is the one said on its first day."""
    return {"date_naissance": {"ETERNITY": f"{month.year - age:04}-{month.month:02}-01"}}


def _disabled(of: Household, month: str) -> dict[str, Any]:
    if of.disability not in RATES:
        return {}
    rate, is_restricted = RATES[of.disability]
    return {
        "taux_incapacite": {month: rate},
        "aah_restriction_substantielle_durable_acces_emploi": {month: is_restricted},
    }
