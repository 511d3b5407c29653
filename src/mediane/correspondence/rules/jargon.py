"""Words of the house that nobody else understands, and the plain one offered instead.

A pattern is looked for between word boundaries, whatever its capitals.
"""

import re

PLAIN = {
    r"indus?": "somme versée en trop",
    r"CRA": "commission de recours amiable",
    r"RAPO": "recours auprès de la Caf",
    r"DTR": "déclaration de ressources",
    r"RNP": "somme versée en trop",
    r"susvisée?s?|susmentionnée?s?|susdite?s?": "dont je parle plus haut",
    r"ci-après": "plus bas",
    r"ci-dessus": "plus haut",
    r"nonobstant": "malgré",
    r"en l[’']espèce": "dans votre situation",
    r"au regard de|au vu de": "d’après",
    r"à l[’']encontre de": "contre",
    r"afférent(?:e|s|es)?(?: [àa]u?x?)?": "lié à",
    r"diligent(?:er|é|ée|és|ées)": "faire",
    r"créances?": "dette",
    r"recouvrement": "remboursement",
    r"recouvrer": "vous demander de rembourser",
    r"forclusion|forclos(?:e|es)?": "délai dépassé",
    r"régularisations?": "calcul corrigé",
    r"assiette": "ressources prises en compte",
    r"préalablement": "avant",
    r"ultérieurement": "plus tard",
    r"proc(?:éder|édons|édé|ède) [àa]": "faire",
    r"sollicit(?:er|e|ez|é|ée|és|ées)": "demander",
    r"stipul(?:er|e|ent|é)": "dire",
    r"instruction de votre (?:dossier|demande)": "étude de votre dossier",
    r"incomb(?:er|e|ent)": "revenir à",
    r"à titre (?:gracieux|dérogatoire)": "par exception",
    r"dans les meilleurs délais": "avant une date que vous donnez",
    r"nous vous prions de bien vouloir|veuillez": "dites ce qu’il faut faire, simplement",
    r"il convient de": "il faut",
    r"être en mesure de": "pouvoir",
    r"en date du": "du",
    r"bénéfici(?:er|ez|é) de": "recevoir",
    r"notifi(?:er|é|ée|ons)": "envoyer par lettre",
    r"précité(?:e|s|es)?": "dont je parle plus haut",
    r"subséquent(?:e|s|es)?": "qui suit",
    r"quotité": "part",
    r"rétroactivement": "pour les mois passés",
}
FOUND = [
    (re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE), plain) for pattern, plain in PLAIN.items()
]


def jargon_in(text: str) -> list[tuple[str, str]]:
    """Each word as written, with the plain one, in the order of the text."""
    met = [
        (found.start(), found[0], plain)
        for pattern, plain in FOUND
        if (found := pattern.search(text)) is not None
    ]
    return [(word, plain) for _, word, plain in sorted(met)]
