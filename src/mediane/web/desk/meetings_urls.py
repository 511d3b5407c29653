from django.urls import path

from mediane.web.desk.views import callbacks, meetings, reach

CASE = "dossiers/<str:reference>/"
APPOINTMENT = f"{CASE}rendez-vous/<int:rank>/"
urlpatterns = [
    path(f"{CASE}joindre/", reach.how_to_reach, name="how_to_reach"),
    path(f"{CASE}appel/", meetings.note_call, name="note_call"),
    path(f"{CASE}rendez-vous/", meetings.set_appointment, name="set_appointment"),
    path(APPOINTMENT, meetings.move_appointment, name="move_appointment"),
    path(f"{APPOINTMENT}suite/", meetings.end_appointment, name="end_appointment"),
    path("rappels/", callbacks.waiting, name="callbacks"),
    path("rappels/<uuid:pk>/", callbacks.handle, name="handle_callback"),
]
