"""What a service looks after beside its cases: one page, so that the bar stays short."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mediane.casework.queries.postings import how_many_wait
from mediane.organisations.models import Role
from mediane.web.request import StaffRequest

# Where, its name, what one does there.
FOR_ALL = (
    ("desk:absences", "Absences", "Qui est là, qui remplace qui, et jusqu’à quand."),
    (
        "desk:notices",
        "Mes avis par courriel",
        "Ce qui vous est écrit\u00a0: tout de suite, le matin, ou jamais.",
    ),
    ("desk:postings", "Courrier à imprimer", "Ce qui part sur papier, et n’est pas encore parti."),
    ("desk:readings", "Lettres à relire", "La seconde lecture, si votre service la veut avant de signer."),
    (
        "desk:people",
        "Personnes à rapprocher",
        "Deux fiches pour une même personne\u00a0? Comparez, puis décidez.",
    ),
    (
        "desk:consultations",
        "Qui doit quoi",
        "Les questions posées aux services et aux organismes, et leurs réponses.",
    ),
    ("desk:money", "Montants à valider", "Les lignes d’impact financier, et ce qu’elles font dans l’année."),
    ("desk:parcels", "Mutations", "Les dossiers partis vers une autre Caf, et ceux qui en arrivent."),
    (
        "desk:mail_policy",
        "Boîte aux lettres",
        "Ouverte, fermée ou absente\u00a0: ce que lit celui qui écrit.",
    ),
    (
        "desk:exports",
        "Exports",
        "Une année de dossiers en fichier\u00a0: demandé, approuvé, gardé 24\u00a0heures.",
    ),
    (
        "desk:events",
        "Instances et événements",
        "Réunions, rencontres, campagnes\u00a0: ce qui nourrit les temps forts du rapport.",
    ),
    (
        "steering:templates",
        "Modèles de lettres",
        "Nationaux et de votre Caf\u00a0: ce qui est en vigueur, à approuver, et depuis quand.",
    ),
    ("steering:funnel", "Tests d’éligibilité", "Ce que les tests ont dit, qui est revenu, et quand."),
)
FOR_THE_MEDIATOR = (
    (
        "steering:appeal_rules",
        "Délais de recours",
        "Les règles du calcul, et si les personnes en voient le résultat.",
    ),
    ("desk:load", "Charge par personne", "Ce que chacun suit, ce qui attend, ce qui est en retard."),
    ("desk:register", "GRC", "Ce que la gestion de la relation ne sait pas encore de vos dossiers."),
    ("desk:imports", "Années passées", "Reprendre les dossiers et les totaux d’avant Médiane."),
)


@require_safe
def service(request: StaffRequest) -> HttpResponse:
    is_mediator = request.actor.role == Role.MEDIATOR
    tools = FOR_ALL + (FOR_THE_MEDIATOR if is_mediator else ())
    waits = how_many_wait(request.organisation.pk)
    return render(request, "desk/service.html", {"tools": tools, "waits": {"desk:postings": waits}})
