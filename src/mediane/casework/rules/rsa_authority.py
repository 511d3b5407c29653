"""Who decides on the RSA where the person lives, by date: an aid, to be checked by the mediator."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Authority:
    """`decides_at_the_caf`: the State took the RSA back, and the Caf decides in its name."""

    with_article: str
    effective_from: date
    source: str
    decides_at_the_caf: bool = False


STATE = "l’État, au nom de qui la Caf décide"
LAW_2019 = "Loi n° 2018-1317 du 28 décembre 2018 de finances pour 2019"
LAW_2020 = "Loi n° 2019-1479 du 28 décembre 2019 de finances pour 2020"
LAW_2022 = "Loi n° 2021-1900 du 30 décembre 2021 de finances pour 2022, article 43 (expérimentation)"
DEPARTMENT = Authority("le conseil départemental", date.min, "CASF, article L. 262-13")
# By code of the Caf; the latest to have begun wins. Where nothing is written, the département decides.
AUTHORITIES: dict[str, tuple[Authority, ...]] = {
    "75": (Authority("la Ville de Paris", date(2019, 1, 1), "Loi n° 2017-257 du 28 février 2017"),),
    "69": (
        Authority(
            "la Métropole de Lyon ou le conseil départemental du Rhône, selon l’adresse",
            date(2015, 1, 1),
            "Loi n° 2014-58 du 27 janvier 2014",
        ),
    ),
    **dict.fromkeys(
        ("67", "68"),
        (
            Authority(
                "la Collectivité européenne d’Alsace", date(2021, 1, 1), "Loi n° 2019-816 du 2 août 2019"
            ),
        ),
    ),
    **dict.fromkeys(
        ("2A", "2B"),
        (Authority("la Collectivité de Corse", date(2018, 1, 1), "Loi n° 2015-991 du 7 août 2015"),),
    ),
    "972": (
        Authority(
            "la Collectivité territoriale de Martinique",
            date(2016, 1, 1),
            "Loi n° 2011-884 du 27 juillet 2011",
        ),
    ),
    "973": (Authority(STATE, date(2019, 1, 1), LAW_2019, decides_at_the_caf=True),),
    "976": (Authority(STATE, date(2019, 1, 1), LAW_2019, decides_at_the_caf=True),),
    "974": (Authority(STATE, date(2020, 1, 1), LAW_2020, decides_at_the_caf=True),),
    **dict.fromkeys(("93", "66"), (Authority(STATE, date(2022, 1, 1), LAW_2022, decides_at_the_caf=True),)),
    "09": (Authority(STATE, date(2023, 1, 1), LAW_2022, decides_at_the_caf=True),),
}


def rsa_authority(caf_code: str, day: date) -> Authority:
    begun = [one for one in AUTHORITIES.get(caf_code, ()) if one.effective_from <= day]
    return max(begun, key=lambda one: one.effective_from, default=DEPARTMENT)
