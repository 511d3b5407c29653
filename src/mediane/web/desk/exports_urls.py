from django.urls import path

from mediane.web.desk.views import exports

EXPORT = "exports/<str:number>/"
urlpatterns = [
    path("exports/", exports.exports, name="exports"),
    path(EXPORT, exports.export, name="export"),
    path(f"{EXPORT}approbation/", exports.approve, name="approve_export"),
    path(f"{EXPORT}refus/", exports.refuse, name="refuse_export"),
    path(f"{EXPORT}fichier/", exports.take_away, name="take_export"),
]
