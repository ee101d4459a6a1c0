"""Showing: figures and text as a person may read them, for the command line and for reports alike."""
