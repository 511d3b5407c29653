from django.urls import path

from mediane.web.desk.views import register

urlpatterns = [
    path("grc/", register.waiting, name="register"),
    path("grc/<str:reference>/essai/", register.tell_again, name="tell_again"),
]
