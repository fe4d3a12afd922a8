"""Inventory: the user's files, parsed and validated; every value knows where it stands."""
