from django.urls import path

from mediane.web.desk.views import mail_policy, transfers

CASE = "dossiers/<str:reference>/"

urlpatterns = [
    path(f"{CASE}mutation/", transfers.transfer, name="transfer"),
    path(f"{CASE}copies/<uuid:public_id>/", transfers.copied_letter, name="copied_letter"),
    path(
        f"{CASE}copies/<uuid:public_id>/grands-caracteres/",
        transfers.copied_letter,
        {"version": "large"},
        name="copied_letter_large",
    ),
    path(
        f"{CASE}copies/<uuid:public_id>/facile-a-lire/",
        transfers.copied_letter,
        {"version": "easy"},
        name="copied_letter_easy",
    ),
    path(f"{CASE}copies/<uuid:public_id>/mandat/", transfers.copied_proof, name="copied_proof"),
    path("mutations/", transfers.parcels, name="parcels"),
    path("mutations/<uuid:public_id>/", transfers.parcel, name="parcel"),
    path("mutations/<uuid:public_id>/essai/", transfers.try_again, name="try_parcel_again"),
    path("courrier/reglage/", mail_policy.mail_policy, name="mail_policy"),
]
