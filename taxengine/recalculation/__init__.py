"""Recalculation: what was calculated, calculated again, and where the difference comes from."""
