"""Frozen dataclasses as JSON and back, exactly, field by field: for every noun that is kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from types import NoneType, UnionType
from typing import Literal, TypeVar, Union, get_args, get_origin, get_type_hints

Json = Mapping[str, "Json"] | list["Json"] | str | int | float | bool | None
Decoder = Callable[[object], object]
_T = TypeVar("_T")


def to_text(noun: object) -> str:
    """The noun with all in it as JSON in ASCII; the keys are the names of the fields."""
    return json.dumps(encoded(noun), separators=(",", ":"))


def from_text(kind: type[_T], text: str) -> _T:
    """The noun of this kind that `to_text` wrote, equal in every field.

    Fields that came later get their defaults, fields that are no longer known are left out. Raises `ValueError` for
    anything else.
    """
    plain: type = kind  # mypy takes `type[_T]` for something that cannot be hashed
    try:
        noun = _decoder(plain)(json.loads(text))
    except (TypeError, RecursionError) as error:
        raise ValueError(f"this is no {kind.__name__.lower()}: {error}") from error
    assert isinstance(noun, kind)
    return noun


def encoded(value: object) -> Json:
    """A noun as objects, lists, texts and numbers; days are written 2023-05-31."""
    if is_dataclass(value):
        return {field.name: encoded(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [encoded(each) for each in value]
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    raise TypeError(f"no JSON is known for {type(value).__name__}")


@cache
def _decoder(kind: object) -> Decoder:
    """What makes a value of this type of the JSON that it became."""
    if isinstance(kind, type) and is_dataclass(kind):
        return _noun_decoder(kind)
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is tuple and len(arguments) == 2 and arguments[1] is Ellipsis:
        each = _decoder(arguments[0])
        return lambda value: tuple(each(one) for one in _checked(value, list))
    if origin in (Union, UnionType) and len(arguments) == 2 and NoneType in arguments:
        present = _decoder(next(one for one in arguments if one is not NoneType))
        return lambda value: None if value is None else present(value)
    if origin is Literal:
        return lambda value: _one_of(value, arguments)
    if kind is date:
        return lambda value: date.fromisoformat(_checked(value, str))
    if kind is float:
        return lambda value: value if isinstance(value, int) else _checked(value, float)
    if isinstance(kind, type) and kind in (str, int, bool):
        plain = kind
        return lambda value: _checked(value, plain)
    raise TypeError(f"no JSON is known for {kind}")


def _noun_decoder(kind: type) -> Decoder:
    # without `localns`, the field `date` of a source would hide the type of that name
    decoders = {name: _decoder(hint) for name, hint in get_type_hints(kind, localns={}).items()}

    def decode(value: object) -> object:
        found = _checked(value, dict)
        return kind(**{name: decoder(found[name]) for name, decoder in decoders.items() if name in found})

    return decode


def _checked(value: object, kind: type[_T]) -> _T:
    if not isinstance(value, kind):
        raise ValueError(f"{value!r} is no {kind.__name__}")
    return value


def _one_of(value: object, allowed: tuple[object, ...]) -> object:
    if value not in allowed:
        raise ValueError(f"{value!r} is none of {allowed}")
    return value
