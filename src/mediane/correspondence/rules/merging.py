"""Values of a case put into the text of a letter. The text is data: nothing in it is evaluated."""

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass

FIELDS = {
    "formule_d_appel": "« Madame », « Monsieur » ou « Madame, Monsieur »",
    "nom": "la personne, avec sa civilité",
    "caf": "le nom de la Caf",
    "reference": "la référence du dossier",
    "date_de_saisine": "le jour où la demande a été reçue",
    "prestations": "les prestations concernées",
    "decision_contestee": "la décision contestée, avec les mots de la personne",
    "date_de_la_decision": "la date de la décision contestée",
    "suivi_par": "qui suit le dossier",
    "telephone_du_service": "le téléphone du service médiation",
    "date_recevabilite": "la date prévue pour décider la recevabilité",
    "date_reponse": "la date prévue pour répondre",
    "voies_de_recours": "les recours, prestation par prestation",
    "motif": "pourquoi la demande n’est pas étudiée",
    "demarche": "ce que la personne peut faire",
    "organisme_competent": "l’organisme compétent",
    "role_de_l_organisme": "ce que fait l’organisme compétent",
    "joindre_l_organisme": "comment joindre l’organisme compétent",
    "transmission": "si la demande lui est transmise, selon l’accord de la personne",
    "date_tribunal": "le jour où le tribunal a été saisi",
}
FIELD = re.compile(r"\{([a-z_]+)\}")
# What a mediator has still to write: « [Dites ce que vous avez vérifié.] »
BRACKETS = re.compile(r"\[[^\[\]]*\]")


@dataclass(frozen=True)
class Merged:
    text: str
    missing: tuple[str, ...] = ()


def merge(text: str, values: Mapping[str, str], *, later: Container[str] = ()) -> Merged:
    """Replace each `{field}` once, in one pass: a value is never read as text of the letter.

    A field without a value stays visible and stops the signature; fields of `later` are left for
    a second merging, when they are known.
    """
    missing: list[str] = []

    def value(found: re.Match[str]) -> str:
        name = found[1]
        if name in later:
            return found[0]
        if name in FIELDS and values.get(name):
            return values[name]
        missing.append(name)
        return f"[à compléter : {FIELDS.get(name, name)}]"

    return Merged(FIELD.sub(value, text), tuple(dict.fromkeys(missing)))


def unfinished(text: str) -> list[str]:
    """What is left between brackets or braces, as written."""
    return list(dict.fromkeys(BRACKETS.findall(text) + [found[0] for found in FIELD.finditer(text)]))
