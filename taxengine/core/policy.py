"""Policy: how a calculation rounds, axis by axis, and the presets that name what others do.

A policy is arithmetic only. Where tax is due and at which rate is law, and stands elsewhere.

>>> Policy.preset("en16931").rounding.level
'tax'
>>> Policy(rounding=Rounding(mode="halfEven")).to_dict()["rounding"]["mode"]
'halfEven'
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Literal, NamedTuple, Protocol, cast, get_args

from taxengine.core import checks
from taxengine.core.arithmetic import ONE, exactly, round_to
from taxengine.core.errors import InvalidPolicy, Problem
from taxengine.core.spelling import as_document, plain
from taxengine.core.tables.presets import PRESET_ROWS
from taxengine.core.values import MaybeExactly, derived, fields_of, free, given, value

RoundingLevel = Literal["unit", "line", "lineTotal", "tax", "invoice"]
RoundingMode = Literal["halfUp", "halfEven", "halfDown", "up", "down", "ceiling", "floor"]
InclusiveOrder = Literal["taxFirst", "netFirst"]
GroupBy = Literal["rate", "percentage"]
Amounts = Literal["rounded", "exact"]

DECIMAL_MODES: Mapping[str, str] = {
    "halfUp": "ROUND_HALF_UP",
    "halfEven": "ROUND_HALF_EVEN",
    "halfDown": "ROUND_HALF_DOWN",
    "up": "ROUND_UP",
    "down": "ROUND_DOWN",
    "ceiling": "ROUND_CEILING",
    "floor": "ROUND_FLOOR",
}


@value(InvalidPolicy)
class Rounding:
    """What is rounded (`level`), how (`mode`), what gives way in an inclusive price, and the groups.

    Raises `InvalidPolicy` for a value that is none of those named.
    """

    level: RoundingLevel = given(checks.choice(*get_args(RoundingLevel)), default="line")
    mode: RoundingMode = given(checks.choice(*get_args(RoundingMode)), default="halfUp")
    inclusive: InclusiveOrder = given(checks.choice(*get_args(InclusiveOrder)), default="taxFirst")
    group_by: GroupBy = given(checks.choice(*get_args(GroupBy)), default="rate")
    meta: Mapping[str, object] = free(default=None)


HALF = Decimal("0.5")


def bound_of(decimal_mode: str) -> Decimal:
    """How far from its exact value a mode may round an amount, in minor units."""
    return HALF if decimal_mode.startswith("ROUND_HALF") else ONE


_NAMES = frozenset(row[0] for row in PRESET_ROWS)
_DEFAULT_ROUNDING = Rounding()
_amounts = checks.choice(*get_args(Amounts))


@value(InvalidPolicy)
class Policy:
    """Every axis of the arithmetic; each result spells all of them out.

    `cash_increment` is the smallest coin in major units ("0.05"): what is payable is rounded to it,
    half up, and no tax is touched. `name` is the preset that the policy is, or None.

    Raises `InvalidPolicy`.
    """

    rounding: Rounding = given(checks.instance(Rounding), default=_DEFAULT_ROUNDING)
    line_amounts: Amounts = given(_amounts, default="rounded")
    discount_amounts: Amounts = given(_amounts, default="rounded")
    cash_increment: MaybeExactly = given(checks.number, default=None)
    name: str | None = given(checks.text, default=None)
    meta: Mapping[str, object] = free(default=None)
    decimal_mode: str = derived(default="")
    """The rounding mode by the name that `decimal` gives it."""
    bound: Decimal = derived(default=ONE)
    """How far from its exact value an amount may be rounded, in minor units."""
    plain: bool = derived(default=False)
    """Whether each tax of each line is rounded by itself, tax first."""

    def check_whole(self, problems: checks.Problems) -> None:
        if self.cash_increment is not None and self.cash_increment <= 0:
            path = "cashIncrement"
            checks.fault(problems, "invalidValue", path, "an amount above zero", f"{self.cash_increment:f}")
        if self.name is not None and self.name not in _NAMES:
            fault = "the name of a preset"
            checks.fault(problems, "unknownPreset", "name", fault, self.name)
        if self.line_amounts == "exact":
            # Nothing can be rounded on the way to an amount that is carried exactly.
            object.__setattr__(self, "discount_amounts", "exact")
        object.__setattr__(self, "decimal_mode", DECIMAL_MODES[self.rounding.mode])
        object.__setattr__(self, "bound", bound_of(self.decimal_mode))
        plain = self.rounding.level == "line" and self.rounding.inclusive == "taxFirst"
        object.__setattr__(
            self, "plain", plain and self.line_amounts == "rounded" and self.cash_increment is None
        )

    @staticmethod
    def preset(name: str) -> Policy:
        """The preset of that name; `PRESETS` lists them with their sources.

        Raises `InvalidPolicy` (`unknownPreset`).
        """
        found = PRESETS.get(name) if isinstance(name, str) else None
        if found is None:
            near = checks.closest(name, PRESETS)
            hint = f"did you mean {near[0]}?" if near else f"presets: {', '.join(PRESETS)}"
            told = f"policy: expected the name of a preset, got {checks.shown(name)}"
            raise InvalidPolicy(Problem("unknownPreset", told, "policy", hint))
        return found.policy

    def to_reference(self) -> dict[str, object]:
        """How a document that uses the policy states it: every axis."""
        return self.to_dict()

    def to_dict(self) -> dict[str, object]:
        """Every axis, as the document shows it."""
        rounding = self.rounding
        return {
            "preset": self.name,
            "rounding": {
                "level": rounding.level,
                "mode": rounding.mode,
                "inclusive": rounding.inclusive,
                "groupBy": rounding.group_by,
                **_meta(rounding),
            },
            "lineAmounts": self.line_amounts,
            "discountAmounts": self.discount_amounts,
            "cashIncrement": None if self.cash_increment is None else plain(self.cash_increment),
            **_meta(self),
        }

    @exactly
    def feasible(
        self, target: str, taxes: Iterable[BreakdownRow] = (), *, unit: Decimal = Decimal("0.01")
    ) -> Feasibility:
        """Whether documents under this policy satisfy the arithmetic of the preset `target`.

        Given the breakdown of a calculation, the `residual` is what will show on the document: the
        sum of the differences between each row's tax and its taxable amount times its percentage,
        rounded to `unit` (EN 16931 BR-CO-17 checks just that).

        >>> Policy().feasible("en16931").reasons
        ('rounding.level is line, en16931 wants tax', 'rounding.groupBy is rate, en16931 wants percentage')
        """
        wanted = Policy.preset(target)
        reasons = tuple(
            f"{axis} is {own}, {target} wants {other}"
            for (axis, own), other in zip(_axes(self).items(), _axes(wanted).values(), strict=True)
            if own != other
        )
        residual = Decimal(0)
        for row in taxes:
            if row.percentage_decimal is not None:
                due = round_to(row.taxable * row.percentage_decimal, unit, wanted.decimal_mode)
                residual += abs(row.tax - due)
        return Feasibility(feasible=not reasons, reasons=reasons, residual=residual)


def _meta(one: Rounding | Policy) -> dict[str, object]:
    return {"meta": as_document(one.meta)} if one.meta else {}


class BreakdownRow(Protocol):
    """What `feasible` reads of a row of a tax breakdown."""

    @property
    def taxable(self) -> Decimal: ...
    @property
    def tax(self) -> Decimal: ...
    @property
    def percentage_decimal(self) -> Decimal | None: ...


class Feasibility(NamedTuple):
    """Whether a policy meets a target, the axes that stand in the way, and the residual in money."""

    feasible: bool
    reasons: tuple[str, ...]
    residual: Decimal


def _axes(policy: Policy) -> dict[str, str]:
    own = ((one.document, getattr(policy.rounding, one.name)) for one in fields_of(Rounding))
    axes = {f"rounding.{name}": held for name, held in own if name != "meta"}
    return axes | {"lineAmounts": policy.line_amounts, "discountAmounts": policy.discount_amounts}


class Preset(NamedTuple):
    """A policy with a name: whose figures it gives, by which source, and where it falls short of them."""

    policy: Policy
    source: str
    short: str = ""


def as_policy(given_policy: object, path: str = "policy") -> Policy:
    """A policy, or the preset of that name."""
    if isinstance(given_policy, Policy):
        return given_policy
    if isinstance(given_policy, str):
        return Policy.preset(given_policy)
    told = f"{path}: expected a Policy or the name of a preset, got {checks.shown(given_policy)}"
    raise InvalidPolicy(Problem("invalidType", told, path))


def _preset(name: str, axes: Mapping[str, str], source: str, short: str) -> Preset:
    amounts = {key: axes[key] for key in ("line_amounts", "discount_amounts") if key in axes}
    rounding = {key: axes[key] for key in axes if key not in amounts}
    policy = Policy(rounding=Rounding(**cast(Any, rounding)), **cast(Any, amounts), name=name)
    return Preset(policy=policy, source=source, short=short)


PRESETS: Mapping[str, Preset] = {
    name: _preset(name, axes, source, short) for name, axes, source, short in PRESET_ROWS
}
"""The named presets, each with the source of its rule."""
