"""Html: pages that need nothing else, in which text from documents stays text.

>>> shown(" Acme\\n <b>\\u202e ")
'Acme <b>\\\\u202e'
"""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined

from taxengine.showing.text import printable

_BLANKS = re.compile("[ \t\r\n\v\f]+")


def shown(value: object) -> object:
    """What a template prints for a value: a text on one line, with nothing in it that hides or turns."""
    if not isinstance(value, str) or hasattr(value, "__html__"):
        return value
    return printable(_BLANKS.sub(" ", value).strip())


@cache
def template(package: str, name: str) -> Any:
    """The macros of a page; whatever they print is made visible first, then escaped."""
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        finalize=shown,
        trim_blocks=False,
        keep_trailing_newline=True,
    )
    return environment.from_string(source(package, name)).module


def source(package: str, name: str) -> str:
    """A file that lies beside the modules of a package."""
    return (files(package) / name).read_text(encoding="utf-8")


def digest(css: str) -> str:
    """What a content security policy calls a style by."""
    return b64encode(sha256(css.encode()).digest()).decode()
