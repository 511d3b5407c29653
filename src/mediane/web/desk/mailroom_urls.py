from django.urls import path

from mediane.web.desk.views import mailroom

MAIL = "courrier/<uuid:public_id>/"
urlpatterns = [
    path("courrier/", mailroom.tray, name="mailroom"),
    path(MAIL, mailroom.mail, name="mail"),
    path(f"{MAIL}joindre/", mailroom.attach, name="attach_mail"),
    path(f"{MAIL}ecarter/", mailroom.set_aside, name="set_aside_mail"),
    path(f"{MAIL}fichiers/<uuid:file_id>/", mailroom.file, name="mail_file"),
]
