"""Where a value stands in a YAML file, for messages that name the line of a mistake."""

from __future__ import annotations

from collections.abc import Sequence

import yaml


def line_of(root: yaml.Node, path: Sequence[str | int]) -> int:
    """The line, from 1, of the value at `path`, or of the deepest part of it that there is.

    Steps that name no key, as pydantic's names of the branches of a union, are passed over.
    """
    node, line = root, root.start_mark.line
    for step in path:
        if isinstance(node, yaml.MappingNode) and isinstance(step, str):
            found = next(((key, value) for key, value in node.value if key.value == step), None)
            if found is None:
                continue
            line, node = found[0].start_mark.line, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line
    return line + 1
