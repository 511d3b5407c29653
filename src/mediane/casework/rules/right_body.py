"""Where a request that is not for the mediator may be solved: bodies proposed with their reasons.

An aid to whoever decides, never a promise: several bodies may be proposed, or none, and another may
always be chosen. Each proposal says what it was read from, and by which text.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from mediane.casework.rules.phrases import Reading, first_found, read
from mediane.casework.rules.rsa_authority import rsa_authority


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known of a request: benefits, what was answered, what was written, earlier steps."""

    day: date
    caf_code: str
    benefits: frozenset[str]
    text: str
    subject: str = ""
    has_complained: bool = False
    courts: dict[str, str] = field(default_factory=dict)

    @cached_property
    def reading(self) -> Reading:
        return read(self.text)


@dataclass(frozen=True, kw_only=True)
class Sign:
    """What points to a body from a day on: a subject answered, or phrases written, for some benefits.

    `but` are benefits that have another sign: it does not stand for a request about them alone.
    """

    body: str
    reason: str
    because: str
    source: str
    phrases: tuple[str, ...] = ()
    subject: str = ""
    benefits: frozenset[str] = frozenset()
    but: frozenset[str] = frozenset()
    effective_from: date = date.min


@dataclass(frozen=True)
class Proposal:
    """`body` and `reason` are codes of the catalogue; `words` are the person's own."""

    body: str
    reason: str
    because: str
    source: str
    words: str = ""


DISABILITY = frozenset({"AAH", "AEEH", "MVA"})
RSA = frozenset({"RSA"})
CSS, CASF = "Code de la sécurité sociale", "Code de l’action sociale et des familles"
SIGNS = (
    Sign(
        body="FAMILY_MEDIATION",
        reason="FAMILY_CONFLICT",
        subject="family_conflict",
        because="La personne dit que sa demande porte sur un conflit familial.",
        source="Charte de la médiation de la branche Famille\u00a0: elle est administrative, non familiale.",
    ),
    Sign(
        body="CAF_PARTNERS",
        reason="PARTNER_FUNDING",
        subject="partner_funding",
        because="La personne dit que sa demande porte sur une subvention.",
        source=f"{CSS}, article L. 217-7-1\u00a0: la médiation porte sur les droits des personnes.",
    ),
    Sign(
        body="DPO",
        reason="PERSONAL_DATA",
        subject="personal_data",
        because="La personne dit que sa demande porte sur ses données personnelles.",
        source="Règlement (UE) 2016/679, articles 15 à 22 et 38.",
        effective_from=date(2018, 5, 25),
    ),
    Sign(
        body="CAF_DIRECTION",
        reason="FRAUD_FILE",
        phrases=("fraude*", "frauduleu*", "penalite*", "fausse declaration", "fausses declarations"),
        because="Une fraude ou une pénalité est citée.",
        source=f"{CSS}, article L. 114-17\u00a0: la direction décide, après la commission des fraudes.",
    ),
    Sign(
        body="MDPH",
        reason="OTHER_BODY",
        benefits=DISABILITY,
        phrases=(
            *("mdph", "cdaph", "taux d incapacite", "taux de handicap", "taux d handicap", "renouvel*"),
            *("carte mobilite", "complement supprime", "reconnaissance du handicap"),
        ),
        because="Le droit lié au handicap, son taux et son renouvellement se décident à la MDPH. "
        "Le montant et le versement restent à la Caf.",
        source=f"{CASF}, articles L. 146-9 et L. 241-6.",
    ),
    Sign(
        body="CPAM",
        reason="OTHER_BODY",
        phrases=(
            *("indemnites journalieres", "pension d invalidite", "arret maladie", "carte vitale", "cpam"),
            *("complementaire sante solidaire", "conge maternite", "medecin conseil", "ameli"),
        ),
        because="Une somme ou une décision de l’assurance maladie est citée.",
        source=f"{CSS}, article L. 211-1.",
    ),
    Sign(
        body="FRANCE_TRAVAIL",
        reason="OTHER_BODY",
        phrases=("france travail", "pole emploi", "allocation chomage", "allocations chomage", "radiation"),
        because="Une décision sur le chômage ou l’inscription est citée.",
        source="Code du travail, article L. 5312-1.",
    ),
    Sign(
        body="MSA",
        reason="OTHER_BODY",
        phrases=("msa", "mutualite sociale agricole", "regime agricole", "exploitant* agricole*"),
        because="Le régime agricole est cité.",
        source="Code rural et de la pêche maritime, article L. 723-2.",
    ),
    Sign(
        body="PENSION_FUND",
        reason="OTHER_BODY",
        phrases=("carsat", "cnav", "pension de retraite", "ma retraite", "minimum vieillesse", "aspa"),
        because="Une pension de retraite est citée.",
        source=f"{CSS}, article L. 215-1.",
    ),
    Sign(
        body="TAX_OFFICE",
        reason="OTHER_BODY",
        phrases=("centre des impots", "service des impots", "avis d imposition faux", "erreur des impots"),
        because="Un désaccord avec les impôts est cité.",
        source="Livre des procédures fiscales, article L. 190.",
    ),
    Sign(
        body="PREFECTURE",
        reason="OTHER_BODY",
        phrases=("prefecture", "recepisse", "renouvellement de mon titre", "renouvellement du titre"),
        because="Une démarche à la préfecture est citée.",
        source="Code de l’entrée et du séjour des étrangers et du droit d’asile, livre IV.",
    ),
    Sign(
        body="OVER_INDEBTEDNESS",
        reason="OTHER_BODY",
        phrases=("surendette*", "banque de france", "plusieurs credits", "mes credits"),
        because="Des dettes au-delà de celle de la Caf sont citées.",
        source="Code de la consommation, article L. 711-1.",
    ),
    Sign(
        body="DDD",
        reason="OTHER_BODY",
        phrases=("discrimin*", "defenseur des droits", "racis*"),
        because="Une discrimination est citée.",
        source="Loi organique n° 2011-333 du 29 mars 2011, article 4.",
    ),
    Sign(
        body="DEPARTMENT",
        reason="APPEAL",
        benefits=RSA,
        phrases=("remise de dette", "remise de la dette", "effacer ma dette", "effacement de la dette"),
        because="La remise d’une dette de RSA ne dépend pas du médiateur.",
        source=f"{CASF}, article L. 262-46.",
    ),
    Sign(
        body="DEPARTMENT",
        reason="OTHER_BODY",
        benefits=RSA,
        phrases=(
            *("contrat d engagement", "contrat d insertion", "equipe pluridisciplinaire", "sanction*"),
            *("conseil departemental", "president du departement"),
        ),
        because="L’accompagnement et les sanctions du RSA se décident au département.",
        source=f"{CASF}, articles L. 262-37 et L. 262-47.",
    ),
    Sign(
        body="CRA",
        reason="APPEAL",
        but=RSA,
        phrases=("remise de dette", "remise de la dette", "effacer ma dette", "effacement de la dette"),
        because="La remise d’une dette se demande à la commission de recours amiable.",
        source=f"{CSS}, articles R. 142-1 et L. 553-2.",
    ),
)
REJECTED = (
    *("rejet de la commission", "commission a rejete", "commission de recours amiable a rejete"),
    *("cra a rejete", "rejet de la cra", "recours rejete", "recours a ete rejete"),
)
COURTS = {
    "tribunal judiciaire, pôle social": (
        "TJ_SOCIAL",
        "Code de l’organisation judiciaire, article L. 211-16.",
    ),
    "tribunal administratif": ("TA", "Code de justice administrative, article R. 772-5."),
}


def propose(known: Known, signs: Sequence[Sign] = SIGNS) -> list[Proposal]:
    """The bodies that may answer, the surest sign first, each body once."""
    found = [*_read(known, signs), *_after_an_appeal(known), *_first_step(known)]
    first: dict[str, Proposal] = {}
    for proposal in found:
        first.setdefault(proposal.body, proposal)
    return list(first.values())


def _read(known: Known, signs: Sequence[Sign]) -> Iterator[Proposal]:
    """What the person answered comes before what is read in their words."""
    for sign in sorted(signs, key=lambda sign: not sign.subject):
        if sign.effective_from > known.day:
            continue
        if sign.subject:
            if sign.subject == known.subject:
                yield Proposal(sign.body, sign.reason, sign.because, sign.source)
        elif _fits(sign, known) and (words := first_found(known.reading, sign.phrases)):
            yield _where_the_person_lives(
                Proposal(sign.body, sign.reason, sign.because, sign.source, words), known
            )


def _fits(sign: Sign, known: Known) -> bool:
    """What a request is about may not be known yet: nothing then says that it is about these alone."""
    is_concerned = not sign.benefits or bool(sign.benefits & known.benefits)
    has_another = bool(known.benefits) and known.benefits <= sign.but
    return is_concerned and not has_another


def _where_the_person_lives(proposal: Proposal, known: Known) -> Proposal:
    """The RSA belongs to the département, to what replaced it, or to the State.

    Where the State took it back, the Caf decides on the debt: the commission, as for the rest. How the
    person is followed stays with the département.
    """
    if proposal.body != "DEPARTMENT":
        return proposal
    authority = rsa_authority(known.caf_code, known.day)
    source = f"{proposal.source} {authority.source}."
    if authority.decides_at_the_caf:
        if proposal.reason != "APPEAL":
            return proposal
        because = f"Ici, le RSA dépend de {authority.with_article}."
        return Proposal("CRA", "APPEAL", because, source, proposal.words)
    because = f"{proposal.because} Ici\u00a0: {authority.with_article}."
    return Proposal(proposal.body, proposal.reason, because, source, proposal.words)


def _after_an_appeal(known: Known) -> Iterator[Proposal]:
    """Once the prior appeal is rejected, the court of each benefit."""
    words = first_found(known.reading, REJECTED)
    if not words:
        return
    for name in dict.fromkeys(known.courts[code] for code in sorted(known.benefits & known.courts.keys())):
        if name in COURTS:
            body, source = COURTS[name]
            because = f"Le recours préalable semble rejeté\u00a0: reste le {name}."
            yield Proposal(body, "APPEAL", because, source, words)


def _first_step(known: Known) -> Iterator[Proposal]:
    if not known.has_complained:
        because = "Aucune réclamation n’est connue, et la loi en demande une avant la médiation."
        yield Proposal("CAF_SERVICES", "COMPLAINT_SERVICE", because, f"{CSS}, article L. 217-7-1, II.")
