from mediane.worklists.models.desks import Desk, SavedView, Visit
from mediane.worklists.models.operations import Operation, Pick

__all__ = ["Desk", "Operation", "Pick", "SavedView", "Visit"]
