"""Packs: tests of the rates that ship, and of the importers."""
