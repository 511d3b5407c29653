"""What a person is told in front of an obstacle: shown on its page, and kept with the attempt."""

from dataclasses import dataclass, replace

from mediane.eligibility.rules import Obstacle, Policy
from mediane.kit.french import number_in_words


@dataclass(frozen=True)
class Told:
    slug: str
    title: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.title}. {self.sentence}"


TOLD = {
    Obstacle.NOT_CAF: Told(
        "pas-la-caf",
        "Votre désaccord concerne un autre organisme",
        "La médiation de la Caf ne peut agir que sur une décision de la Caf.",
    ),
    Obstacle.OUT_OF_COMPETENCE: Told(
        "autre-sujet",
        "Un autre service peut mieux vous aider",
        "La médiation traite les désaccords sur vos prestations et sur l’accueil de la Caf.",
    ),
    Obstacle.NO_PRIOR_COMPLAINT: Told(
        "sans-reclamation",
        "Écrivez d’abord à la Caf",
        "La loi demande une première réclamation à la Caf avant la médiation.",
    ),
    Obstacle.PREMATURE: Told(
        "trop-tot",
        "Il est encore un peu tôt : la Caf étudie votre réclamation",
        "La Caf a {months} mois pour vous répondre.",
    ),
    Obstacle.LITIGATION: Told(
        "tribunal",
        "Un tribunal est saisi : c’est lui qui décide",
        "La loi met fin à la médiation dès qu’un tribunal est saisi de la même affaire.",
    ),
    Obstacle.CRA_PENDING: Told(
        "commission",
        "La commission de recours amiable étudie déjà votre demande",
        "La médiation pourra intervenir après sa réponse.",
    ),
}
BY_SLUG = {told.slug: obstacle for obstacle, told in TOLD.items()}


def told_under(policy: Policy, obstacle: Obstacle) -> Told:
    """What is told, with the delay that the rules in force leave."""
    told = TOLD[obstacle]
    return replace(told, sentence=told.sentence.format(months=number_in_words(policy.waiting_months)))
