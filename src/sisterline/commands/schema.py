"""`sisterline schema`."""

import msgspec

from sisterline.jsonschema import json_schema
from sisterline.options import OUTPUT
from sisterline.render import opened


def command(output: OUTPUT = None) -> None:
    """Print the JSON Schema of data files, for an editor that completes and checks them.

    `sisterline schema -o sisterline.json`
    """
    text = msgspec.json.format(msgspec.json.encode(json_schema()), indent=2).decode()
    with opened(output) as out:
        out.write(text + "\n")
