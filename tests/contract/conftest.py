"""The asserts of the suite are those of tests: they say what they saw, and stay under `python -O`."""

import pytest

pytest.register_assert_rewrite("tests.contract.suite")
