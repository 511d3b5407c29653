from django.urls import path

from mediane.web.signin.views import doors

app_name = "signin"
urlpatterns = [
    path("connexion/", doors.person, name="person"),
    path("representer/connexion/", doors.representative, name="representative"),
    path("bureau/connexion/", doors.staff, name="staff"),
    path("deconnexion/", doors.sign_out, name="sign_out"),
]
