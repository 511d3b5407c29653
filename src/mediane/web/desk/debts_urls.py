from django.urls import path

from mediane.web.desk.views import debts, deductions

CASE = "dossiers/<str:reference>/"
urlpatterns = [
    path(f"{CASE}trop-percu/", debts.explain, name="explain"),
    path(f"{CASE}trop-percu/enregistrer/", debts.save_explanation, name="save_explanation"),
    path(f"{CASE}reponse/trop-percu/", debts.join_explanation, name="join_explanation"),
    path(f"{CASE}retenue/", deductions.deduct, name="deduct"),
    path(f"{CASE}retenue/<int:rank>/", deductions.deduction, name="deduction"),
]
