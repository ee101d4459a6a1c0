"""Schema: the command that prints the JSON Schema of a document."""

from __future__ import annotations

import click

from taxengine.cli.output import output
from taxengine.cli.session import debugging
from taxengine.core.errors import InvalidInput
from taxengine.documents import schema as schema_of
from taxengine.documents import write

EXAMPLE = """\b
Example:
  taxengine schema invoice > invoice.schema.json
"""


@click.command(epilog=EXAMPLE)
@click.argument("name")
@debugging
def schema(name: str) -> None:
    """The JSON Schema of a document.

    NAME is one of calculation, compared, error, invoice, policy, rate, rates, sealed.
    """
    try:
        found = schema_of(name)
    except InvalidInput as error:
        problem = error.problems[0]
        told = problem.message.removeprefix("schema: ") + (problem.hint and f"; {problem.hint}")
        raise click.BadParameter(told, param_hint="NAME") from None
    with output(None, force=False) as out:
        out.write(f"{write(found, pretty=True)}\n".encode())
