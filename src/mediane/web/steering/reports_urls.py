"""The annual report: written, seen, frozen, published."""

from django.urls import path

from mediane.web.steering.views import report_chapters, reports

REPORT = "<int:year>/<int:version>/"
urlpatterns = [
    path("", reports.reports, name="reports"),
    path(REPORT, reports.report, name="report"),
    path(f"{REPORT}entier/", reports.whole, name="whole_report"),
    path(f"{REPORT}pdf/", reports.pdf, name="report_pdf"),
    path(f"{REPORT}donnees/", reports.data, name="report_data"),
    path(f"{REPORT}images/<str:sha256>/", reports.picture, name="report_picture"),
    path(f"{REPORT}figer/", reports.freeze, name="freeze_report"),
    path(f"{REPORT}publier/", reports.publish, name="publish_report"),
    path(f"{REPORT}corriger/", reports.correct, name="correct_report"),
    path(f"{REPORT}chapitres/<slug:code>/", report_chapters.chapter, name="report_chapter"),
]
