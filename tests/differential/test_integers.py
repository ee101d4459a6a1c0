"""Small spaces, gone through: every common rate, mode and side of the price against whole numbers.

`make test` takes a share of the amounts of each space, another one for each; the campaign takes all.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.differential import integers
from tests.differential.integers import MODES, MOST, NET_FIRST, PERCENTS, SPACES, Space, tax, wrong

pytestmark = pytest.mark.usefixtures("untraced")

SHARE = 2000


def share(number: int, count: int = SHARE) -> range:
    """As many amounts for each space, spread over all of them, negative ones for every third."""
    step = MOST // count
    first = number * 37 % step
    return range(-first, -MOST, -step) if number % 3 == 2 else range(first, MOST, step)


def test_the_spaces_are_every_rate_mode_and_side() -> None:
    assert len(SPACES) == len(set(SPACES)) == len(PERCENTS) * len(MODES) * 2 == 252
    assert len(share(0)) == len(share(2)) == SHARE


@pytest.mark.parametrize("percent", PERCENTS)
def test_each_amount_has_the_tax_that_whole_numbers_give(percent: str) -> None:
    for number, space in enumerate(SPACES):
        if space.percent == percent:
            assert wrong(space, share(number)) == [], space


@pytest.mark.parametrize("percent", PERCENTS)
def test_net_first_gives_the_net_that_whole_numbers_give(percent: str) -> None:
    for number, space in enumerate(NET_FIRST):
        if space.percent == percent:
            assert wrong(space, share(number, 50)) == [], space


@pytest.mark.parametrize(
    ("cents", "mode", "expected"),
    [
        *((250, mode, 13) for mode in ("halfUp", "up", "ceiling")),
        *((250, mode, 12) for mode in ("halfEven", "halfDown", "down", "floor")),
        *((-250, mode, -13) for mode in ("halfUp", "up", "floor")),
        *((-250, mode, -12) for mode in ("halfEven", "halfDown", "down", "ceiling")),
        *((350, mode, 18) for mode in ("halfUp", "halfEven", "up")),
        *((240, mode, 12) for mode in MODES),
    ],
)
def test_the_whole_numbers_are_right_where_one_can_see_it(cents: int, mode: str, expected: int) -> None:
    assert tax(cents, Space("5", mode, False)) == expected


def test_a_cent_that_is_off_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    space = Space("5", "halfUp", False)
    monkeypatch.setitem(integers.AWAY, "halfUp", integers.AWAY["halfEven"])
    assert wrong(space, range(45, 55)) == [(50, str(Decimal("0.03")), 2)]
