from django.urls import path

from mediane.web.desk.views import events

urlpatterns = [
    path("evenements/", events.events, name="events"),
    path("evenements/nouveau/", events.add, name="add_event"),
    path("evenements/<int:number>/", events.change, name="change_event"),
    path("evenements/<int:number>/retrait/", events.remove, name="remove_event"),
]
