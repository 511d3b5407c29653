from django.urls import path

from mediane.web.desk.views import entitlements

urlpatterns = [
    path("dossiers/<str:reference>/droits/", entitlements.entitlements, name="entitlements"),
]
