"""The engine against what shares no code with it: an oracle in fractions, and integer arithmetic."""
