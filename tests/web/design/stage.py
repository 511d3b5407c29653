"""Pages of the design room, drawn without the application."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django import forms
from django.test import RequestFactory
from django.utils.datastructures import MultiValueDict
from jinja2 import Environment
from markupsafe import Markup

import mediane.web.design
from mediane.web.design.environment import environment as the_environment
from mediane.web.design.fields import DateField

ROOM = Path(mediane.web.design.__file__).parent
PARIS = SimpleNamespace(
    name="Caf de Paris",
    code="75",
    postal_address="75000 Paris",
    phone="01 99 00 12 34",
    mediator_title="la médiatrice",
)
CLAIRE = SimpleNamespace(kind="staff", name="Claire Vasseur", initials="CV")
DESK_NAV = (
    (("workplan",), "Plan de travail", "/bureau/"),
    (("intake",), "Enregistrer", "/bureau/enregistrer/"),
)


def environment() -> Environment:
    return the_environment(autoescape=True)


def page_variables(**different: Any) -> dict[str, Any]:
    return {
        "organisation": PARIS,
        "actor": None,
        "request": RequestFactory().get("/"),
        "url": lambda name, **parts: f"/{name}/",
        "static": lambda path: f"/static/{path}",
        "csrf_input": Markup('<input type="hidden" name="csrfmiddlewaretoken" value="x">'),
        "csp_nonce": "n0nce",
        "demonstration": False,
        "keeping": None,
        "desk_nav": DESK_NAV,
        "search_action": "/bureau/recherche/",
    } | different


def page(source: str, **different: Any) -> str:
    """A page written in the test, extending one of the layouts."""
    return environment().from_string(source).render(page_variables(**different))


def component(file: str, call: str, **values: Any) -> str:
    """What a macro writes: `component("tags", "urgency('Expulsion')")`."""
    macro = call.partition("(")[0]
    source = f'{{% from "design/components/{file}.html" import {macro} %}}{{{{ {call} }}}}'
    return environment().from_string(source).render(values)


class Contested(forms.Form):
    complaint = forms.ChoiceField(
        label="Quelle réclamation avez-vous déjà faite ?",
        choices=[("apl", "Trop-perçu d’APL, le 14 octobre 2026"), ("none", "Je n’ai pas encore réclamé")],
        widget=forms.RadioSelect,
    )
    benefits = forms.MultipleChoiceField(
        label="Quelles prestations sont concernées ?",
        choices=[
            ("apl", "Aide au logement (APL)"),
            ("pa", "Prime d’activité"),
            ("af", "Allocations familiales"),
        ],
        widget=forms.CheckboxSelectMultiple,
    )
    decided_on = DateField(
        label="Date de la décision contestée",
        error_messages={"required": "Indiquez la date de la décision contestée"},
    )
    words = forms.CharField(label="Expliquez avec vos mots", max_length=4000, widget=forms.Textarea)
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


ANSWERS = {
    "complaint": ["apl"],
    "benefits": ["apl", "pa"],
    "decided_on_day": ["2"],
    "decided_on_month": ["10"],
    "decided_on_year": ["2026"],
    "words": ["On me retient 187 € par mois."],
    "postcode": ["75020"],
    "service": ["log"],
    "channel": ["space"],
    "agreed": ["on"],
    "key": ["abc"],
}


def contested(**different: list[str]) -> Contested:
    return Contested(data=MultiValueDict(ANSWERS | different), files=MultiValueDict())


def gallery() -> str:
    """The gallery, with one of everything."""
    return (
        environment()
        .get_template("design/gallery.html")
        .render(
            page_variables(
                form=contested(),
                wrong=contested(decided_on_year=["26"], complaint=[""]),
                states=STATES,
                marks=MARKS,
                entries=ENTRIES,
                steps=STEPS,
            )
        )
    )


STATES = [
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
]
MARKS = [
    {"at": 0, "date": "9 nov.", "label": "Reçue", "kind": "done"},
    {"at": 3, "date": "10 nov.", "label": "Enregistrement", "kind": "done"},
    {"at": 13, "date": "13 nov.", "label": "Recevable", "kind": "done"},
    {"at": 37, "date": "20 nov.", "label": "Recouvrement", "kind": "missed", "note": "1 jour de retard"},
    {"at": 60, "date": "27 nov.", "label": "Pièces attendues", "kind": "coming"},
    {"at": 100, "date": "9 déc.", "label": "Réponse", "kind": "target"},
]
ENTRIES = [
    {"side": "person", "date": "22 nov.", "title": "Envoie 1 pièce sur 2", "text": "Bulletins.", "new": True},
    {"side": "caf", "date": "20 nov.", "title": "Recouvrement : pas de réponse", "late": True},
    {"side": "caf", "date": "18 nov.", "title": "Prestations logement répond", "text": "Recalcul en cours."},
    {"side": "mediation", "date": "16 nov.", "title": "Pièces demandées, avant le 27 novembre"},
    {
        "side": "person",
        "date": "9 nov.",
        "title": "Saisit la médiatrice en ligne",
        "text": "4 documents joints",
    },
    {"side": "caf", "date": "4 nov.", "title": "Rejette la réclamation"},
]
STEPS = [
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
        "text": "La médiatrice a interrogé deux services.",
    },
    {"title": "Réponse de la médiatrice", "state": "coming", "date": "Avant le 9 décembre 2026"},
]
