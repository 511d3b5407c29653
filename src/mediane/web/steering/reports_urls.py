"""The annual report: written, seen, frozen, published."""

from django.urls import path

from mediane.web.steering.views import report_chapters, reports

REPORT = "<int:year>/<int:version>/"
CHAPTER = f"{REPORT}chapitres/<slug:code>/"
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
    path(CHAPTER, report_chapters.chapter, name="report_chapter"),
    path(f"{CHAPTER}reprendre/", report_chapters.use_drafted_words, name="use_drafted_words"),
    path(f"{CHAPTER}temps-fort/", report_chapters.add_highlight, name="add_highlight"),
    path(f"{CHAPTER}citation/", report_chapters.add_quote, name="add_quote"),
    path(f"{CHAPTER}image/", report_chapters.add_picture, name="add_picture"),
    path(f"{CHAPTER}retirer/<slug:kind>/<int:number>/", report_chapters.remove, name="remove_from_report"),
]
