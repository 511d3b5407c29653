from django.urls import include, path

from mediane.web.citizen.views import check, complaint, public, questions, receipt, request_steps

app_name = "citizen"
urlpatterns = [
    path("", public.start, name="start"),
    path("caf/<str:code>/", public.caf, name="caf"),
    path("trouver/", public.find, name="find"),
    path("aide/", public.page, {"name": "help"}, name="help"),
    path("accessibilite/", public.page, {"name": "accessibility"}, name="accessibility"),
    path("donnees-personnelles/", public.page, {"name": "privacy"}, name="privacy"),
    path("conditions/", public.page, {"name": "terms"}, name="terms"),
    path("saisir/", questions.begin, name="begin"),
    path("saisir/reclamation/", complaint.complaint, name="complaint"),
    path("saisir/reclamation/autre/", complaint.declare, name="declare"),
    path("saisir/test/<slug:slug>/", questions.question, name="question"),
    path("saisir/obstacle/<slug:slug>/", questions.obstacle, name="obstacle"),
    path("saisir/demande/<slug:slug>/", request_steps.step, name="request_step"),
    path("saisir/enregistrer/<slug:slug>/", request_steps.autosave, name="autosave"),
    path("saisir/documents/<uuid:public_id>/retirer/", request_steps.remove_document, name="remove_document"),
    path("saisir/verifier/", check.check, name="check"),
    path("saisir/accuse/<str:reference>/", receipt.receipt, name="receipt"),
    path("saisir/accuse/<str:reference>/pdf/", receipt.pdf, name="receipt_pdf"),
    path("espace/", include("mediane.web.citizen.space_urls")),
]
