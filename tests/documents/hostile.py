"""Hostile: documents that ask for more than they are worth; the child of a test builds and reads them."""

from __future__ import annotations

from collections.abc import Callable

SMALL = '"id":"1","currency":"EUR","taxDate":"2026-03-01","lines":[{"id":"1","amount":1}]'


def with_free_data(spelt: str) -> str:
    return f'{{{SMALL},"meta":{{"a":{spelt}}}}}'


def with_amount(spelt: str) -> str:
    return f"{{{SMALL}}}".replace('"amount":1', f'"amount":{spelt}')


def keys(count: int) -> str:
    return "{" + ",".join(f'"key{index}":{index}' for index in range(count)) + "}"


HOSTILE: dict[str, tuple[Callable[[], str | bytes], str]] = {
    "depth of 100 000": (lambda: "[" * 100_000, "documentTooDeep"),
    "depth of 100 000 in free data": (lambda: with_free_data('{"a":' * 100_000), "documentTooDeep"),
    "depth of 200 in free data": (lambda: with_free_data("[" * 200 + "]" * 200), "documentTooDeep"),
    "an integer of 5 000 digits": (lambda: with_amount("9" * 5_000), "invalidNumber"),
    "an integer of 10 000 000 digits": (lambda: with_amount("9" * 10_000_000), "invalidNumber"),
    "an integer of 10 000 000 digits in free data": (
        lambda: with_free_data("9" * 10_000_000),
        "invalidNumber",
    ),
    "an exponent": (lambda: with_amount("1e1000000"), "invalidNumber"),
    "1 000 000 keys": (lambda: keys(1_000_000), "documentTooLarge"),
    "400 000 unknown keys": (lambda: keys(400_000), "unknownField"),
    "200 000 keys of free data": (lambda: with_free_data(keys(200_000)), "read"),
    "100 000 keys of which one stands twice": (
        lambda: with_free_data("{" + ",".join(f'"k{number}":1' for number in range(100_000)) + ',"k1":2}'),
        "duplicateKey",
    ),
    "400 000 keys that stand twice": (
        lambda: "{" + ",".join(['"a":1,"b":1'] * 200_000) + "}",
        "invalidInvoice",
    ),
    "a body of 100 MB": (lambda: b" " * 100_000_000, "documentTooLarge"),
    "text of 10 MB": (
        lambda: f"{{{SMALL}}}".replace('"id":"1","c', f'"id":"{"x" * 10_000_000}","c'),
        "invalidText",
    ),
    "a key of 10 MB": (lambda: f'{{{SMALL},"{"x" * 10_000_000}":1}}', "unknownField"),
    "400 000 wrong lines": (lambda: f'{{"id":"1","lines":[{",".join(["1"] * 400_000)}]}}', "invalidType"),
}
"""By name: what builds the document, and the code of its refusal."""
