"""Packs: the rates that ship."""
