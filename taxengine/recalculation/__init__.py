"""Recalculation: what a calculation would be today, and why it differs."""
