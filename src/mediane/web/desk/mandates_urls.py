"""Who speaks for the person, under a case of the desk."""

from django.urls import path

from mediane.web.desk.views import mandates

REPRESENTATIVES = "dossiers/<str:reference>/representants/"
urlpatterns = [
    path(f"{REPRESENTATIVES}enregistrer/", mandates.register, name="register_mandate"),
    path(f"{REPRESENTATIVES}<uuid:public_id>/fin/", mandates.revoke, name="revoke_mandate"),
    path(f"{REPRESENTATIVES}<uuid:public_id>/preuve/", mandates.proof, name="mandate_proof"),
]
