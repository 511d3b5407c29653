from django.urls import path

from mediane.web.desk.views import consultation_gestures as gestures
from mediane.web.desk.views import consultations

CASE = "dossiers/<str:reference>/consultations/"
ONE = f"{CASE}<int:rank>/"
urlpatterns = [
    path("consultations/", consultations.across, name="consultations"),
    path(CASE, consultations.ask, name="ask_service"),
    path(ONE, consultations.one, name="consultation"),
    path(f"{ONE}relance/", gestures.remind, name="remind_service"),
    path(f"{ONE}date/", gestures.change_due, name="change_consultation_due"),
    path(f"{ONE}retrait/", gestures.call_off, name="call_off_consultation"),
    path(f"{ONE}reponse/", gestures.note_answer, name="note_consultation"),
    path(f"{ONE}fichiers/<uuid:public_id>/", consultations.file, name="consultation_file"),
]
