"""The documents most often asked for, by benefit: suggestions, never a list the law would give."""

from collections.abc import Iterable

ALWAYS = ("Courrier ou notification contesté", "Échanges avec la Caf à ce sujet")
INCOME = ("Avis d’imposition", "Bulletins de salaire des trois derniers mois")
HOUSING = ("Bail ou titre d’occupation", "Quittances de loyer", "Attestation de loyer du bailleur")
DISABILITY = ("Notification de la MDPH", "Avis de pension d’invalidité")
CHILDREN = ("Certificat de scolarité", "Jugement fixant la résidence des enfants")

BY_BENEFIT: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("APL", "ALF", "ALS", "PRIME_DEM"), HOUSING),
    **dict.fromkeys(("RSA", "PPA", "PRIME_NOEL"), INCOME),
    **dict.fromkeys(("AAH", "AEEH", "AJPP", "AJPA", "MVA"), DISABILITY),
    **dict.fromkeys(("AF", "CF", "ARS", "ASF"), CHILDREN),
    "CMG": ("Contrat et bulletins de salaire de l’assistante maternelle",),
    "ARIPA": ("Jugement fixant la pension",),
}


def useful_documents(benefits: Iterable[str]) -> list[str]:
    """In the order of the benefits, each once."""
    found = [label for code in benefits for label in BY_BENEFIT.get(code, ())]
    return list(dict.fromkeys([*ALWAYS, *found, *INCOME, "Relevé d’identité bancaire"]))
