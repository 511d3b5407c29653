"""What the gallery of components shows: one of everything, invented."""

from typing import Any

from django import forms

from mediane.web.design.fields import DateField

SAMPLES: dict[str, Any] = {
    "states": [
        ("received", "À qualifier"),
        ("under_study", "À l’étude"),
        ("awaiting_beneficiary", "Pièces attendues"),
        ("answer_received", "Du nouveau"),
        ("admissibility_pending", "Recevabilité à décider"),
        ("reply_drafted", "Réponse à signer"),
        ("revised", "Close, décision révisée"),
        ("upheld", "Close, décision maintenue"),
        ("redirected", "Réorientée"),
        ("withdrawn", "Retirée"),
        ("draft", "Brouillon"),
    ],
    "marks": [
        {"at": 0, "date": "9 nov.", "label": "Reçue", "kind": "done"},
        {"at": 13, "date": "13 nov.", "label": "Recevable", "kind": "done"},
        {"at": 37, "date": "20 nov.", "label": "Recouvrement", "kind": "missed", "note": "1 jour de retard"},
        {"at": 60, "date": "27 nov.", "label": "Pièces attendues", "kind": "coming"},
        {"at": 100, "date": "9 déc.", "label": "Réponse", "kind": "target"},
    ],
    "entries": [
        {
            "side": "person",
            "date": "22 nov.",
            "title": "Envoie 1 pièce sur 2",
            "text": "Bulletins.",
            "new": True,
        },
        {"side": "caf", "date": "20 nov.", "title": "Recouvrement : pas de réponse", "late": True},
        {"side": "mediation", "date": "16 nov.", "title": "Pièces demandées, avant le 27 novembre"},
        {"side": "person", "date": "9 nov.", "title": "Saisit la médiatrice en ligne"},
    ],
    "steps": [
        {"title": "Demande reçue", "state": "done", "date": "9 novembre 2026"},
        {
            "title": "La médiatrice peut l’étudier",
            "state": "done",
            "date": "13 novembre 2026.",
            "href": "#",
            "link": "Lire la lettre",
        },
        {
            "title": "Étude avec la Caf, en cours",
            "state": "current",
            "text": "Deux services sont interrogés.",
        },
        {"title": "Réponse de la médiatrice", "state": "coming", "date": "Avant le 9 décembre 2026"},
    ],
}


class Contested(forms.Form):
    complaint = forms.ChoiceField(
        label="Quelle réclamation avez-vous déjà faite ?",
        choices=[("apl", "Trop-perçu d’APL, le 14 octobre 2026"), ("none", "Je n’ai pas encore réclamé")],
        error_messages={"required": "Choisissez une réclamation"},
    )
    benefits = forms.MultipleChoiceField(
        label="Quelles prestations sont concernées ?",
        choices=[("apl", "Aide au logement (APL)"), ("pa", "Prime d’activité")],
    )
    decided_on = DateField(
        label="Date de la décision contestée",
        error_messages={"required": "Indiquez la date de la décision contestée"},
    )
    words = forms.CharField(label="Expliquez avec vos mots", max_length=4000)
    postcode = forms.CharField(label="Votre code postal", max_length=5, required=False)
    service = forms.ChoiceField(
        label="Service", choices=[("", "Choisir"), ("Droits", [("rec", "Recouvrement"), ("log", "Logement")])]
    )
    channel = forms.ChoiceField(
        label="Envoyée par", choices=[("space", "Espace de suivi"), ("post", "Courrier postal")]
    )
    agreed = forms.BooleanField(label="Aucun tribunal n’est saisi de cette affaire")
    piece = forms.FileField(label="Vos documents", required=False)
    key = forms.CharField(widget=forms.HiddenInput)


def typed(**different: str) -> dict[str, Any]:
    """What somebody typed in it."""
    return {
        "complaint": "apl",
        "benefits": ["apl", "pa"],
        "decided_on_day": "2",
        "decided_on_month": "10",
        "decided_on_year": "2026",
        "words": "On me retient 187 € par mois.",
        "postcode": "75020",
        "service": "log",
        "channel": "space",
        "agreed": "on",
        "key": "abc",
    } | different
