"""Hostile surroundings: decimal contexts, threads, hash seeds, time zones, locales; the same bytes in all."""
