"""Recalculation: tests of what is calculated again."""
