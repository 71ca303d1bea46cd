"""The deeds of this room."""

from cases.entities.actions.holdings import import_holdings

__all__ = ["import_holdings"]
