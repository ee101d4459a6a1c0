"""The contract: what every provider keeps, ours and anybody's, asked of each that is installed."""

import pytest

# `python -O` drops the assertions of a module that pytest does not rewrite, and with them what is promised.
pytest.register_assert_rewrite("tests.contract.suite")
