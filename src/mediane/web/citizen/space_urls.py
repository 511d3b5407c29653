"""The follow-up space, under `espace/` in the citizen’s room."""

from django.urls import path

from mediane.web.citizen.views import (
    mandates,
    reach,
    space,
    space_answers,
    space_copies,
    space_endings,
    space_meetings,
    space_reading,
)
from mediane.web.keeping import keep_text

CASE = "<str:reference>/"
urlpatterns = [
    path("", space.home, name="space"),
    path("mandats/", mandates.mandates, name="mandates"),
    path("mandats/donner/", mandates.give, name="give_mandate"),
    path("mandats/<uuid:public_id>/retirer/", mandates.revoke, name="revoke_mandate"),
    path("joindre/", reach.reach, name="reach"),
    path("textes/", keep_text, name="keep_text"),
    path(CASE, space.follow, name="follow"),
    path(f"{CASE}message/", space_answers.write, name="write"),
    path(f"{CASE}pieces/<int:place>/", space_answers.send, name="send_document"),
    path(f"{CASE}pieces/<int:place>/absente/", space_answers.excuse, name="excuse_document"),
    path(f"{CASE}documents/", space_reading.documents, name="documents"),
    path(f"{CASE}documents/<uuid:public_id>/", space_reading.document, name="document"),
    path(f"{CASE}lettres/<uuid:public_id>/", space_reading.letter, name="letter"),
    path(f"{CASE}lettres/<uuid:public_id>/facile-a-lire/", space_reading.letter_easy, name="letter_easy"),
    path(
        f"{CASE}lettres/<uuid:public_id>/grands-caracteres/", space_reading.letter_large, name="letter_large"
    ),
    path(f"{CASE}lettres/<uuid:public_id>/pieces/<int:place>/", space_reading.enclosure, name="enclosure"),
    path(f"{CASE}lettres/<uuid:public_id>/pdf/", space_reading.letter_pdf, name="letter_pdf"),
    path(f"{CASE}copies/<uuid:public_id>/", space_copies.copied_letter, name="copied_letter"),
    path(
        f"{CASE}copies/<uuid:public_id>/grands-caracteres/",
        space_copies.copied_letter,
        {"version": "large"},
        name="copied_letter_large",
    ),
    path(
        f"{CASE}copies/<uuid:public_id>/facile-a-lire/",
        space_copies.copied_letter,
        {"version": "easy"},
        name="copied_letter_easy",
    ),
    path(
        f"{CASE}rendez-vous/<int:rank>/annuler/", space_meetings.cancel_appointment, name="cancel_appointment"
    ),
    path(f"{CASE}retirer/", space_endings.withdraw, name="withdraw"),
    path(f"{CASE}tribunal/", space_endings.litigation, name="litigation"),
]
