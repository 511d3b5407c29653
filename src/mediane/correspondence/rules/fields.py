"""The fixed list of what a letter takes from elsewhere: where each value comes from, and an example."""

from dataclasses import dataclass

# Known once a decision is taken, and in its letter only.
SCOPE, COURT = ("INADMISSIBLE", "REDIRECTED"), ("LITIGATION",)


@dataclass(frozen=True)
class MergeField:
    """`kinds` are those of the letters that can have it; empty for all of them."""

    code: str
    label: str
    source: str
    example: str
    kinds: tuple[str, ...] = ()

    def is_for(self, kind: str) -> bool:
        return not self.kinds or kind in self.kinds


PERSON = "Fiche de la personne"
REFERRAL = "Demande de médiation"
CASE = "Dossier"
CAF = "Fiche de la Caf"
DEADLINES = "Échéances du dossier"
LISTS = "Liste des prestations"
DECISION = "Décision prise avec la lettre"
BODIES = "Liste des organismes"

MERGE_FIELDS = (
    MergeField(
        "formule_d_appel",
        "«\u00a0Madame\u00a0», «\u00a0Monsieur\u00a0» ou «\u00a0Madame, Monsieur\u00a0»",
        PERSON,
        "Madame",
    ),
    MergeField("nom", "la personne, avec sa civilité", PERSON, "Madame Rosalie Aubertin"),
    MergeField("caf", "le nom de la Caf", CAF, "Caf de Paris"),
    MergeField("reference", "la référence du dossier", CASE, "K7MQ-4TRX"),
    MergeField("date_de_saisine", "le jour où la demande a été reçue", CASE, "9\u00a0novembre\u00a02026"),
    MergeField("prestations", "les prestations concernées", CASE, "Aide personnalisée au logement (APL)"),
    MergeField(
        "decision_contestee",
        "la décision contestée, avec les mots de la personne",
        REFERRAL,
        "Trop-perçu d’APL de 1\u00a0842,60\u00a0€",
    ),
    MergeField(
        "date_de_la_decision", "la date de la décision contestée", REFERRAL, "2\u00a0octobre\u00a02026"
    ),
    MergeField("suivi_par", "qui suit le dossier", CASE, "Nadia Pruvost"),
    MergeField(
        "telephone_du_service", "le téléphone du service médiation", CAF, "01\u00a099\u00a000\u00a012\u00a034"
    ),
    MergeField(
        "date_recevabilite",
        "la date prévue pour décider la recevabilité",
        DEADLINES,
        "30\u00a0novembre\u00a02026",
    ),
    MergeField("date_reponse", "la date prévue pour répondre", DEADLINES, "9\u00a0janvier\u00a02027"),
    MergeField(
        "voies_de_recours",
        "les recours, prestation par prestation",
        LISTS,
        "- Prime d’activité\u00a0: saisissez d’abord la commission de recours amiable de la Caf. "
        "Ensuite, le tribunal administratif.",
    ),
    MergeField(
        "motif",
        "pourquoi la demande n’est pas étudiée",
        DECISION,
        "Vous n’avez pas encore fait de réclamation auprès de la Caf.",
        SCOPE,
    ),
    MergeField(
        "demarche",
        "ce que la personne peut faire",
        DECISION,
        "Faites d’abord une réclamation auprès de la Caf.",
        SCOPE[:1],
    ),
    MergeField("organisme_competent", "l’organisme compétent", DECISION, "la MDPH", SCOPE[1:]),
    MergeField(
        "role_de_l_organisme",
        "ce que fait l’organisme compétent",
        BODIES,
        "Elle décide du taux de handicap.",
        SCOPE[1:],
    ),
    MergeField(
        "joindre_l_organisme",
        "comment joindre l’organisme compétent",
        BODIES,
        "- par courrier, à l’adresse de votre département",
        SCOPE[1:],
    ),
    MergeField(
        "transmission",
        "si la demande lui est transmise, selon l’accord de la personne",
        DECISION,
        "Sans votre accord, nous ne lui transmettons rien.",
        SCOPE[1:],
    ),
    MergeField(
        "date_tribunal", "le jour où le tribunal a été saisi", DECISION, "12\u00a0novembre\u00a02026", COURT
    ),
)
EXAMPLES = {one.code: one.example for one in MERGE_FIELDS}
