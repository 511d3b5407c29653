from django.urls import path

from mediane.web.desk.views import imports

FILE = "annees-passees/<int:import_id>/"
urlpatterns = [
    path("annees-passees/", imports.imports, name="imports"),
    path("annees-passees/modele-<slug:kind>.csv", imports.model, name="import_model"),
    path(FILE, imports.reading, name="import"),
    path(f"{FILE}corrections.csv", imports.faults, name="import_faults"),
    path(f"{FILE}reprise/", imports.take, name="take_import"),
    path(f"{FILE}annulation/", imports.undo, name="undo_import"),
    path(f"{FILE}abandon/", imports.discard, name="discard_import"),
]
