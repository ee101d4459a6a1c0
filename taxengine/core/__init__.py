"""Core: which taxes apply, and how much they are. Pure: the standard library alone."""
