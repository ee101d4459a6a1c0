"""Policy: every axis of the arithmetic, the named presets, and what one can and cannot promise."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taxengine.core.calculation import calculate
from taxengine.core.determination import Taxed
from taxengine.core.errors import InvalidPolicy
from taxengine.core.policy import DECIMAL_MODES, PRESETS, Policy, Rounding, as_policy
from taxengine.core.tables.presets import PRESET_ROWS
from tests.core.samples import MODES, determined, invoice, line, policies, rate
from tests.oracle.policy import PRESETS as AS_TABULATED

AXES = ("level", "mode", "inclusive", "groupBy")


def axes(policy: Policy) -> dict[str, Any]:
    shown = policy.to_dict()
    return {
        "lineAmounts": shown["lineAmounts"],
        "discountAmounts": shown["discountAmounts"],
        **shown["rounding"],
    }  # type: ignore[dict-item]


DEFAULTS = {
    "level": "line", "mode": "halfUp", "inclusive": "taxFirst", "groupBy": "rate",
    "lineAmounts": "rounded", "discountAmounts": "rounded",
}  # fmt: skip


@pytest.mark.parametrize("name", AS_TABULATED)
def test_a_preset_has_the_axes_that_the_specification_tabulates(name: str) -> None:
    expected = {**DEFAULTS, **AS_TABULATED[name]}
    if expected["lineAmounts"] == "exact":
        expected["discountAmounts"] = "exact"
    assert axes(Policy.preset(name)) == expected
    assert Policy.preset(name).name == name


def test_there_are_these_presets_and_no_others_each_with_its_source() -> None:
    assert set(PRESETS) == set(AS_TABULATED) == {row[0] for row in PRESET_ROWS}
    assert all(preset.source for preset in PRESETS.values())
    assert Policy.preset("default") == Policy(name="default")


def test_an_unknown_preset_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(InvalidPolicy) as caught:
        Policy.preset("en16932")
    assert (caught.value.code, caught.value.problems[0].hint) == ("unknownPreset", "did you mean en16931?")
    with pytest.raises(InvalidPolicy) as caught:
        Policy.preset("?")
    assert caught.value.problems[0].hint.startswith("presets: default, ")


@pytest.mark.parametrize("name", [None, 5, ["default"], {"preset": "default"}, b"default"])
def test_the_name_of_a_preset_is_text(name: Any) -> None:
    with pytest.raises(InvalidPolicy):
        Policy.preset(name)


def test_a_policy_is_taken_as_it_is_or_by_name() -> None:
    own = Policy(rounding=Rounding(mode="down"))
    assert as_policy(own) is own
    assert as_policy("peppol") is Policy.preset("peppol")
    with pytest.raises(InvalidPolicy) as caught:
        as_policy(17)
    assert caught.value.code == "invalidType"


@given(policies)
def test_a_document_spells_every_axis_out(policy: Policy) -> None:
    shown = policy.to_dict()
    assert list(shown) == ["preset", "rounding", "lineAmounts", "discountAmounts", "cashIncrement"]
    assert list(shown["rounding"]) == list(AXES)  # type: ignore[call-overload]
    again = Policy(
        rounding=Rounding(
            level=policy.rounding.level,
            mode=policy.rounding.mode,
            inclusive=policy.rounding.inclusive,
            group_by=policy.rounding.group_by,
        ),
        line_amounts=policy.line_amounts,
        discount_amounts=policy.discount_amounts,
        cash_increment=policy.cash_increment,
    )
    assert again == policy
    assert again.to_dict() == shown


def test_exact_line_amounts_mean_exact_discounts() -> None:
    assert Policy(line_amounts="exact", discount_amounts="rounded").discount_amounts == "exact"
    assert Policy(line_amounts="rounded", discount_amounts="exact").discount_amounts == "exact"
    assert Policy().discount_amounts == "rounded"


@pytest.mark.parametrize("mode", MODES)
def test_an_amount_is_rounded_within_half_a_unit_by_the_half_modes_and_within_one_by_the_others(
    mode: Any,
) -> None:
    policy = Policy(rounding=Rounding(mode=mode))
    assert policy.bound == (Decimal("0.5") if mode.startswith("half") else 1)
    assert policy.decimal_mode == DECIMAL_MODES[mode]


@given(policies)
def test_a_plain_policy_rounds_each_tax_of_each_line_by_itself_tax_first(policy: Policy) -> None:
    usual = policy.rounding.level == "line" and policy.rounding.inclusive == "taxFirst"
    assert policy.plain == (usual and policy.line_amounts == "rounded" and policy.cash_increment is None)


@pytest.mark.parametrize("increment", ["0", "-0.05"])
def test_a_coin_is_worth_something(increment: str) -> None:
    with pytest.raises(InvalidPolicy) as caught:
        Policy(cash_increment=increment)
    assert caught.value.problems[0].path == "cashIncrement"


@given(policies, st.sampled_from(sorted(PRESETS)))
def test_a_policy_meets_a_target_exactly_where_no_axis_differs(policy: Policy, target: str) -> None:
    told = policy.feasible(target)
    own, wanted = axes(policy), axes(Policy.preset(target))
    differing = [axis for axis in own if own[axis] != wanted[axis]]
    assert told.feasible == (not differing)
    assert len(told.reasons) == len(differing)
    assert all(any(axis in reason for reason in told.reasons) for axis in differing)
    assert told.residual == 0


def test_the_residual_is_what_will_show_on_the_document() -> None:
    of = invoice(*[line("0.13", str(number)) for number in range(10)])
    rounded_by_line = calculate(of, determined(of, Taxed([rate(percent="0.2")])))
    told = Policy().feasible("en16931", rounded_by_line.taxes)
    assert not told.feasible
    assert told.residual == Decimal("0.04")  # 10 x 0.03 against 20 % of 1.30
    rounded_once = calculate(of, determined(of, Taxed([rate(percent="0.2")])), policy="peppol")
    assert Policy.preset("peppol").feasible("en16931", rounded_once.taxes).residual == 0


def test_a_fixed_amount_has_no_residual_and_the_unit_is_that_of_the_currency() -> None:
    of = invoice(line("105"), currency="JPY")
    fixed = calculate(of, determined(of, Taxed([rate(percent=None, amount_per_unit="1")])))
    assert Policy().feasible("en16931", fixed.taxes, unit=Decimal(1)).residual == 0
    tenth = calculate(of, determined(of, Taxed([rate(percent="0.1")])))
    assert Policy().feasible("en16931", tenth.taxes, unit=Decimal(1)).residual == 0
    assert Policy().feasible("en16931", tenth.taxes).residual == Decimal("0.50")
