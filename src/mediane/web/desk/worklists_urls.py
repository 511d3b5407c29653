from django.urls import path

from mediane.web.desk.views import lists, operations

OPERATION = "operations/<str:number>/"
VIEW = "vues/<str:number>/"
urlpatterns = [
    path("attribuer/", operations.assign_many, name="assign_many"),
    path("relancer/", operations.remind_many, name="remind_many"),
    path("feuille/", operations.export_many, name="export_many"),
    path("operations/", operations.operations, name="operations"),
    path(OPERATION, operations.operation, name="operation"),
    path(f"{OPERATION}interruption/", operations.cancel, name="cancel_operation"),
    path(f"{OPERATION}annulation/", operations.undo, name="undo_operation"),
    path(f"{OPERATION}feuille/", operations.take_sheet, name="take_sheet"),
    path("vues/", lists.views, name="views"),
    path("vues/nouvelle/", lists.keep, name="keep_view"),
    path("vues/debut/", lists.begin_with, name="begin_with"),
    path(VIEW, lists.change, name="change_view"),
    path(f"{VIEW}remplacement/", lists.replace, name="replace_view"),
    path(f"{VIEW}suppression/", lists.remove, name="remove_view"),
    path("colonnes/", lists.columns, name="columns"),
    path("raccourcis/", lists.shortcuts, name="shortcuts"),
    path("vus/", lists.see_all, name="see_all"),
]
