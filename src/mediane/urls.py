"""The front doors, nothing else."""

from django.conf import settings
from django.urls import include, path

from mediane.web import health

urlpatterns = [
    path("etat/", health.state, name="health"),
    path("", include("mediane.web.citizen.urls")),
    path("", include("mediane.web.signin.urls")),
    path("representer/", include("mediane.web.representative.urls")),
    path("bureau/", include("mediane.web.desk.urls")),
    path("services/", include("mediane.web.service.urls")),
    path("pilotage/", include("mediane.web.steering.urls")),
]
if settings.DEMONSTRATION:
    urlpatterns.append(path("demonstration/", include("mediane.web.demonstration.urls")))

handler400 = "mediane.web.errors.bad_request"
handler403 = "mediane.web.errors.forbidden"
handler404 = "mediane.web.errors.not_found"
handler500 = "mediane.web.errors.server_error"
