"""What a person may do after a refusal, by reason of the catalogue."""

ADVICE = {
    "NO_PRIOR_STEP": (
        "Faites d’abord une réclamation auprès de la Caf, depuis votre compte caf.fr ou par courrier. "
        "Si la réponse ne vous convient pas, ou si la Caf ne répond pas, vous pourrez saisir de nouveau "
        "le service médiation."
    ),
    "LITIGATION": (
        "Seul le tribunal peut maintenant trancher. Vous pouvez lui demander où en est votre affaire, "
        "ou demander conseil à un point-justice, gratuitement."
    ),
    "UNCLEAR": (
        "Vous pouvez nous écrire de nouveau. Dites quelle décision vous contestez, sa date, "
        "et ce que vous demandez."
    ),
}
