"""Médiane: administrative mediation for the family-benefits funds."""

__version__ = "0.1.0"
