"""What every data model here shares: closed, strict, and told in plain words when something does not fit."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, ValidationError
from pydantic_core import ErrorDetails

from guide.faults import Fault, Faults, Misfit, did_you_mean, listed, nearest, quoted
from guide.places import Document, Key, dotted

# Characters that turn the direction of the text after them: a value could so show as something it is not.
TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
# Not printable to Python, yet plain writing needs them: spaces that do not break, joiners and marks of Persian and Arabic.
WRITING = "\u00a0\u202f\u200c\u200d\u200e\u200f\u061c"
SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"


class Facts(BaseModel):
    """A closed record: a key that the model does not know is a fault."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, str_strip_whitespace=True)


def _printable(text: str) -> str:
    for character in text:
        if character in "\r\n":
            raise ValueError("keep the value in one piece: begin a long text with >- after the colon, and leave no empty line in it")
        if character == "\t":
            raise ValueError("put a space in the place of the tab")
        if character in TURNING or not (character.isprintable() or character in WRITING):
            raise ValueError(f"take out the hidden character U+{ord(character):04X}")
    return text


Line = Annotated[str, StringConstraints(min_length=1, max_length=300), AfterValidator(_printable)]
Sentence = Annotated[str, StringConstraints(min_length=1, max_length=600), AfterValidator(_printable)]
Slug = Annotated[str, StringConstraints(pattern=SLUG, max_length=80)]

Model = TypeVar("Model", bound=BaseModel)

PLAIN_WORDS = {
    "string_type": "write text here, in quotes",
    "bool_type": "write true or false",
    "int_type": "write a whole number without quotes",
    "float_type": "write a number without quotes",
    "date_type": "write the date as year-month-day, such as 2026-01-31",
    "list_type": "write a list: one line each, each beginning with a dash and a space",
    "tuple_type": "write a list: one line each, each beginning with a dash and a space",
    "dict_type": "write keys below this one, two spaces further in",
    "string_too_short": "write something, or take the key out if it may be left out",
    "too_short": "write at least one entry",
}


def validated(model: type[Model], document: Document, context: Any = None) -> tuple[Model | None, list[Fault]]:
    """The document as the model, or None with every fault in it.

    model     the closed model of the whole file
    document  the file as read
    context   what the model's own checks need besides the file
    """
    try:
        return model.model_validate(document.data, context=context), []
    except ValidationError as error:
        every = error.errors(include_url=False)
        meant = {_meant(model, document, each) for each in every if each["type"] == "extra_forbidden"}
        return None, [_fault(model, document, each) for each in every if each["type"] != "missing" or _place(document, each) not in meant]


def required(model: type[Model], document: Document | None, faults: list[Fault]) -> Model:
    """The document as the model, for a reader that cannot go on without it.

    document  the file as read; None where it could not be
    faults    what was wrong already when it was read

    Errors: Faults with everything that is wrong in the file.
    """
    read = None
    if document is not None:
        read, found = validated(model, document)
        faults = faults + found
    if read is None or faults:
        raise Faults(faults)
    return read


def _meant(model: type[BaseModel], document: Document, details: ErrorDetails) -> Key:
    """The place of the key that a misspelt one stands for: it need not be told missing as well."""
    *above, word = _place(document, details)
    return (*above, nearest(str(word), keys_at(model, tuple(above))) or word)


def _fault(model: type[BaseModel], document: Document, details: ErrorDetails) -> Fault:
    key = _place(document, details)
    if details["type"] == "value_error":
        key += getattr(details["ctx"]["error"], "below", ())
    found, expected = _words(model, key, details)
    nowhere = details["type"] == "missing" and len(key) == 1
    return Fault(document.name, 0 if nowhere else document.line(key), dotted(key), found, expected)


def _place(document: Document, details: ErrorDetails) -> Key:
    """The error's place without the names that pydantic adds for the branches of a union."""
    key: Key = ()
    for part in details["loc"]:
        if (*key, part) in document.lines:
            key = (*key, part)
    return (*key, details["loc"][-1]) if details["type"] == "missing" else key


def _words(model: type[BaseModel], key: Key, details: ErrorDetails) -> tuple[str, str]:
    kind, value, context = details["type"], details["input"], details.get("ctx", {})
    found = _shown(value)
    if kind == "extra_forbidden":
        known = keys_at(model, key[:-1])
        return f"the unknown key {quoted(key[-1])}", did_you_mean(str(key[-1]), known, f"known here: {listed(known)}")
    if kind == "missing":
        return "nothing", f"the key {quoted(key[-1])} is needed here{'' if key[:-1] else ', at the start of a line'}"
    if kind == "value_error":
        error = context["error"]
        return (error.found, error.expected) if isinstance(error, Misfit) else (found, str(error))
    if kind == "model_type":
        return found, f"write {_and(keys_at(model, key))} below it, each on its own line, two spaces further in"
    if kind == "string_type" and isinstance(value, (int, date)) and not isinstance(value, bool):
        return found, f'write text here, in quotes: "{value}"'
    if kind == "string_type" and isinstance(value, (dict, list)):
        return found, "write text here, in quotes, as one value"
    if value is None:
        return found, PLAIN_WORDS.get(kind, "write a value, or take the key out if it may be left out")
    if kind == "literal_error":
        return found, f"write {context['expected']}"
    if kind == "string_too_long":
        return found, f"keep it to {context['max_length']} characters"
    if kind == "string_pattern_mismatch":
        slug = context["pattern"] == SLUG
        return found, "use small letters, digits and single hyphens only" if slug else f"write it in the form {context['pattern']}"
    return found, PLAIN_WORDS.get(kind, details["msg"])


def _and(words: list[str]) -> str:
    return " and ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


def _shown(value: Any) -> str:
    if value is None:
        return "nothing after the colon"
    if isinstance(value, bool):
        return f"{str(value).lower()} without quotes"
    if isinstance(value, dict):
        return "keys below it, or a colon or { in the value"
    if isinstance(value, (list, tuple)):
        return "a list" if value else "an empty list"
    return quoted(value)


def keys_at(model: type[BaseModel], key: Key) -> list[str]:
    """The keys that the model knows at a place, for suggestions."""
    here: list[type[BaseModel]] = [model]
    for part in key:
        here = [found for one in here for found in _below(one, part)]
    return list(dict.fromkeys(name for one in here for name in one.model_fields))


def _below(model: type[BaseModel], part: str | int) -> Iterator[type[BaseModel]]:
    if isinstance(part, int):
        yield model  # a list's entries: the list's own model was reached with its key
    elif part in model.model_fields:
        yield from _models_in(model.model_fields[part].annotation)
    else:
        yield from (found for each in model.model_fields.values() for found in _models_in(each.annotation))


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and not isinstance(annotation, types.GenericAlias):
        if issubclass(annotation, BaseModel):
            yield annotation
        return
    for inner in typing.get_args(annotation):
        yield from _models_in(inner)
