import pytest

from mediane.correspondence.rules.checking import faults_of
from mediane.correspondence.rules.conditions import Criterion
from mediane.correspondence.rules.fields import MERGE_FIELDS

KNOWN = (Criterion("prestation", "prestation", {"APL": "APL"}),)


def sentences(body: str, title: str = "La Caf répond", kind: str = "REPLY") -> list[str]:
    return [str(one).replace("\u00a0", " ") for one in faults_of(title, body, kind=kind, known=KNOWN)]


def test_every_field_of_the_list_may_be_written_in_the_letters_that_have_it() -> None:
    for one in MERGE_FIELDS:
        for kind in one.kinds or ("REPLY", "ADMISSIBLE"):
            assert sentences(f"{{{one.code}}}", kind=kind) == []


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("Un\n{nomm}", "Ligne 2 : « {nomm} » n’est pas un champ de la liste. Écrivez {nom}."),
        ("{Référence}", "Ligne 1 : « {Référence} » n’est pas un champ de la liste. Écrivez {reference}."),
        (
            "{xyzw}",
            "Ligne 1 : « {xyzw} » n’est pas un champ de la liste. "
            "La liste des champs est sur la page « Champs ».",
        ),
        ("{motif}", "Ligne 1 : « {motif} » reste vide dans cette sorte de lettre. Retirez-le."),
        ("{nom", "Ligne 1 : l’accolade ouverte avant « nom » n’est pas fermée."),
        ("Un\n\nnom}", "Ligne 3 : une accolade est fermée sans être ouverte."),
        ("  \n", "Ce modèle n’a pas de texte. Écrivez-le."),
        ("[si prestation: X]\nUn", "Ligne 1 : « X » n’est pas connu. Pour « prestation », écrivez : APL."),
    ],
)
def test_what_is_of_no_list_is_told(body: str, sentence: str) -> None:
    assert sentences(body) == [sentence]


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        ("", "Le titre de la lettre manque. Écrivez-le."),
        ("[sinon] Bonjour", "Le titre ne peut pas porter de condition. Mettez-la dans le texte."),
        ("Bonjour {nomm}", "« {nomm} » n’est pas un champ de la liste. Écrivez {nom}."),
    ],
)
def test_the_title_too(title: str, sentence: str) -> None:
    assert sentences("Un", title) == [sentence]


def test_all_faults_come_in_the_order_of_the_lines() -> None:
    assert [
        one.line for one in faults_of("", "{a}\n\n[si prestation: X]\n{b}", kind="REPLY", known=KNOWN)
    ] == [
        0,
        1,
        3,
        4,
    ]
