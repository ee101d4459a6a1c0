"""The published cases: how each becomes a document, and what of it is compared."""
