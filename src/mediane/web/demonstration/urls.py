from django.urls import path

from mediane.web.demonstration.views import gallery, mail, people, register

app_name = "demonstration"
urlpatterns = [
    path("", people.people, name="people"),
    path("entrer/", people.enter, name="enter"),
    path("courriels/", mail.mailbox, name="mailbox"),
    path("courriels/<str:file>/", mail.message, name="message"),
    path("grc/", register.register, name="register"),
    path("grc/humeur/", register.behave, name="register_mood"),
    path("grc/ajouter/", register.add, name="add_complaint"),
    path("grc/<slug:entry_id>/", register.change, name="change_complaint"),
    path("grc/<slug:entry_id>/supprimer/", register.remove, name="remove_complaint"),
    path("composants/", gallery.gallery, name="gallery"),
]
