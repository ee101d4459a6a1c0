"""Recalculation: what is held of sealed results, and of the differences between two calculations."""
