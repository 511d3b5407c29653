"""How the test, its obstacles and its rules are named to those who follow them."""

from mediane.eligibility.models import EligibilityPolicy
from mediane.eligibility.rules import Ending, Obstacle, Question, Verdict
from mediane.kit.french import number_in_words

OBSTACLES = {
    Obstacle.NOT_CAF: "Ne concerne pas la Caf",
    Obstacle.OUT_OF_COMPETENCE: "Hors du champ de la médiation",
    Obstacle.NO_PRIOR_COMPLAINT: "Pas encore de réclamation",
    Obstacle.PREMATURE: "Réclamation trop récente",
    Obstacle.LITIGATION: "Tribunal saisi",
    Obstacle.CRA_PENDING: "Commission de recours amiable saisie",
}
QUESTIONS = {
    Question.ABOUT_CAF: "L’organisme concerné",
    Question.SUBJECT: "Le sujet",
    Question.COMPLAINT: "La réclamation à la Caf",
    Question.ANSWER: "La réponse de la Caf",
    Question.CRA: "La commission de recours amiable",
    Question.COURT: "Le tribunal",
    Question.ALREADY_ASKED: "Une demande déjà faite",
    Question.URGENCY: "L’urgence",
}


def ending(end: Ending) -> str:
    verdict, obstacle = end
    if verdict is Verdict.OPEN:
        return "Peut déposer sa demande"
    if verdict is Verdict.EARLY:
        return "Trop tôt, peut déposer quand même"
    if verdict is Verdict.UNKNOWN or obstacle is None:
        return "Irait plus loin dans le test"
    return f"Arrêté\u00a0: {OBSTACLES[obstacle][0].lower()}{OBSTACLES[obstacle][1:]}"


def decisions(policy: EligibilityPolicy) -> list[dict[str, str]]:
    """What a policy decides, one line each."""
    skipped = [QUESTIONS[Question(code)] for code in policy.skipped]
    return [
        {
            "label": "Délai laissé à la Caf pour répondre",
            "value": f"{number_in_words(policy.waiting_months).capitalize()} mois",
        },
        {
            "label": "Réclamation trop récente",
            "value": "Avertit la personne, qui peut déposer quand même"
            if policy.early_filing_allowed
            else "Arrête le test",
        },
        {
            "label": "Commission de recours amiable saisie",
            "value": "Arrête le test" if policy.cra_pending_blocks else "Avertit la médiation, sans arrêter",
        },
        {"label": "Questions non posées", "value": ", ".join(skipped) if skipped else "Aucune"},
        {"label": "Fondement", "value": policy.source},
    ]
