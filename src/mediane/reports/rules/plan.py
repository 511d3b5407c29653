"""The chapters of a report, in their order, and what each opens with the first year."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """`has_figures`: sentences, charts and tables come by themselves; the rest is written."""

    code: str
    title: str
    has_figures: bool = False
    # Its title is the finding, where the figures give one.
    is_named_by_figures: bool = False
    # What a first report opens with; later ones open with last year’s words where `is_kept`.
    words: str = ""
    is_kept: bool = False


@dataclass(frozen=True)
class Part:
    title: str
    sections: tuple[Section, ...]


MISSIONS = (
    "Le service médiation entretient une relation de confiance avec les allocataires.\n\n"
    "- Écouter le point de vue de la personne, et l’orienter vers le bon interlocuteur.\n"
    "- L’aider à comprendre les décisions de la Caf, par des explications qui lui sont propres.\n"
    "- Veiller à ce que les règles soient bien appliquées, et demander que le dossier soit revu "
    "quand elles ne l’ont pas été.\n"
    "- Examiner toute la situation avec objectivité, et rétablir le dialogue entre la personne et la Caf."
)
ONLINE_WORDS = (
    "## Le parcours de l’allocataire\n\n"
    "- La personne ouvre caf.fr, et la page pour contacter sa Caf.\n"
    "- Elle se connecte à son compte. Une réclamation doit avoir été faite avant.\n"
    "- Elle passe le test d’éligibilité.\n"
    "- Si rien ne s’y oppose, elle dit ce qu’elle conteste, explique sa situation et joint ses documents.\n"
    "- Elle valide sa demande et reçoit un accusé d’enregistrement.\n"
    "- Sinon, la tentative est gardée, et la page dit pourquoi et où aller. Une lettre reste possible.\n\n"
    "## La prise en charge par la médiation\n\n"
    "- Le service trouve la demande dans son plan de travail, et la choisit.\n"
    "- Il étudie la demande et ses documents.\n"
    "- Il demande une pièce qui manque, ou attend la décision d’un organisme.\n"
    "- Il dit si la demande est recevable.\n"
    "- Il répond à partir d’un modèle de lettre\u00a0: la demande est traitée."
)
MONEY_WORDS = "Quatre montants de nature différente. Ils ne s’additionnent pas et ne se compensent pas."

PLAN = (
    Part(
        "Avant-propos et missions",
        (
            Section("foreword", "Avant-propos"),
            Section(
                "missions",
                "Les missions du service médiation",
                has_figures=True,
                words=MISSIONS,
                is_kept=True,
            ),
        ),
    ),
    Part(
        "Bilan chiffré",
        (
            Section(
                "evolution",
                "L’évolution du nombre de saisines",
                has_figures=True,
                is_named_by_figures=True,
            ),
            Section("months", "Les mois de l’année", has_figures=True),
            Section("years", "Cinq années de saisines", has_figures=True),
            Section("social", "La médiatisation et les données sociales", has_figures=True),
            Section("origins", "Qui saisit la médiation", has_figures=True),
            Section("causes", "Les causes des saisines", has_figures=True),
            Section("channels", "Les canaux pour saisir la médiation", has_figures=True),
            Section("benefits", "Les prestations concernées", has_figures=True),
            Section("reasons", "Les raisons, prestation par prestation", has_figures=True),
            Section("grounds", "Les motifs du point de vue des allocataires", has_figures=True),
            Section("results", "Les résultats et les délais", has_figures=True),
        ),
    ),
    Part("Temps forts locaux", (Section("highlights", "Les temps forts de l’année"),)),
    Part(
        "La téléprocédure",
        (
            Section(
                "online", "La téléprocédure en chiffres", has_figures=True, words=ONLINE_WORDS, is_kept=True
            ),
        ),
    ),
    Part("Constats et propositions", (Section("findings", "Ce que la médiation propose"),)),
    Part(
        "Impact financier",
        (
            Section(
                "money",
                "Ce que la médiation a changé, en euros",
                has_figures=True,
                words=MONEY_WORDS,
                is_kept=True,
            ),
        ),
    ),
    Part("Conclusion", (Section("conclusion", "Conclusion"),)),
)
SECTIONS = {section.code: section for part in PLAN for section in part.sections}
CODES = tuple(SECTIONS)


def part_of(code: str) -> tuple[int, Part]:
    return next((rank, part) for rank, part in enumerate(PLAN, 1) if SECTIONS[code] in part.sections)
