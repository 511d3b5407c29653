from django.urls import path

from mediane.web.desk import (
    decisions_urls,
    imports_urls,
    mailroom_urls,
    mandates_urls,
    meetings_urls,
    near_urls,
    register_urls,
    transfers_urls,
)
from mediane.web.desk.views import (
    casefile,
    files,
    following,
    gestures,
    intake,
    requests,
    search,
    service,
    waiting,
    workplan,
)

CASE = "dossiers/<str:reference>/"
app_name = "desk"
urlpatterns = [
    path("", workplan.workplan, name="workplan"),
    path("service/", service.service, name="service"),
    path("attribuer/", gestures.assign_many, name="assign_many"),
    path("recherche/", search.search, name="search"),
    path("enregistrer/", intake.register, name="intake"),
    path("enregistrer/personnes/", intake.suggest_people, name="suggest_people"),
    path(CASE, casefile.case, name="case"),
    path(f"{CASE}enregistree/", intake.registered, name="registered"),
    path(f"{CASE}accuse/", intake.receipt, name="receipt"),
    path(f"{CASE}code-de-suivi/", following.follow_code, name="follow_code"),
    path(f"{CASE}code-de-suivi/pdf/", following.follow_receipt, name="follow_receipt"),
    path(f"{CASE}prise-en-charge/", gestures.take_up, name="take_up"),
    path(f"{CASE}attribution/", gestures.assign, name="assign"),
    path(f"{CASE}lecture/", gestures.read_news, name="read_news"),
    path(f"{CASE}message/", gestures.write, name="write"),
    path(f"{CASE}note/", gestures.note, name="note"),
    path(f"{CASE}pieces/", requests.ask_documents, name="ask_documents"),
    path(f"{CASE}pieces/levee/", requests.lift, name="lift"),
    path(f"{CASE}attente/", waiting.hold, name="hold"),
    path(f"{CASE}reprise/", waiting.resume, name="resume"),
    path(f"{CASE}documents/<uuid:public_id>/", files.document, name="document"),
    path(f"{CASE}documents/<uuid:public_id>/texte/", files.text, name="document_text"),
    *decisions_urls.urlpatterns,
    *mailroom_urls.urlpatterns,
    *imports_urls.urlpatterns,
    *transfers_urls.urlpatterns,
    *near_urls.urlpatterns,
    *mandates_urls.urlpatterns,
    *meetings_urls.urlpatterns,
    *register_urls.urlpatterns,
]
