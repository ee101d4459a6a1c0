"""Version: the engine's, and that of its rules. A change of any amount is a new rules version."""

__version__ = "0.1.0"
RULES = 1
