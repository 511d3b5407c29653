from django.urls import path

from mediane.web.desk.views import waits

WAITS = "dossiers/<str:reference>/attentes/"
urlpatterns = [
    path(WAITS, waits.waits, name="waits"),
    path(f"{WAITS}date/", waits.change_wait, name="change_wait"),
    path(f"{WAITS}reponse/", waits.note_arrival, name="note_arrival"),
]
