"""The oracle: the sums of an invoice once more, from the specification, in exact fractions.

It shares no code with the engine and imports nothing of it. It is written to be read beside the
specification, not to be fast; READINGS.md says how it reads what the specification leaves open.
"""

from tests.oracle.calculate import calculate

__all__ = ["calculate"]
