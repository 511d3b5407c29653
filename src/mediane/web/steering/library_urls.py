"""The library of templates: read, written, approved."""

from django.urls import path

from mediane.web.steering.views import library, template_editor, templates

VERSION = "<slug:code>/<int:version>/"
urlpatterns = [
    path("", library.templates, name="templates"),
    path("champs/", library.fields, name="template_fields"),
    path("nouveau/", template_editor.begin, name="begin_template"),
    path("<slug:code>/", templates.template, name="template"),
    path("<slug:code>/nouvelle-version/", templates.begin_version, name="begin_version"),
    path(VERSION, templates.version, name="template_version"),
    path(f"{VERSION}modifier/", template_editor.edit, name="edit_template"),
    path(f"{VERSION}enregistrer/", template_editor.save, name="save_template"),
    path(f"{VERSION}apercu.png", template_editor.picture, name="template_picture"),
    path(f"{VERSION}apercu.pdf", template_editor.pdf, name="template_pdf"),
    path(f"{VERSION}soumettre/", templates.submit, name="submit_template"),
    path(f"{VERSION}approuver/", templates.approve, name="approve_template"),
    path(f"{VERSION}renvoyer/", templates.send_back, name="return_template"),
    path(f"{VERSION}retirer/", templates.retire, name="retire_template"),
    path(f"{VERSION}abandonner/", templates.discard, name="discard_template"),
]
