"""Packs: rates that ship, and the importers of public rate files."""
