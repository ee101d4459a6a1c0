"""Guards of the house: what holds for the whole tree, whatever it computes."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
