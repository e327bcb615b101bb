"""How well one colour is told from another: the contrast ratio of WCAG 2, and the nearest colour that is strong enough."""

from __future__ import annotations

import re

STEPS = 1000  # how finely the way to black or white is searched: finer than a step of one channel
COLOUR = re.compile(r"^#[0-9a-fA-F]{6}$")

Channels = tuple[int, int, int]


def ratio(a: str, b: str) -> float:
    """The contrast ratio of two colours, from 1 (the same) to 21 (black on white).

    a, b  colours such as `#0b5d57`, in either order

    Errors: ValueError where a colour is written another way.
    """
    darker, lighter = sorted((_luminance(_channels(a)), _luminance(_channels(b))))
    return (lighter + 0.05) / (darker + 0.05)


def darkened_to(colour: str, against: str, least: float) -> str:
    """The nearest darker colour that reaches a ratio; the colour itself where it does already.

    against  the colour that it is seen with
    least    the ratio that it must reach

    Errors: ValueError where not even black would do.
    """
    return _moved(colour, against, least, (0, 0, 0))


def lightened_to(colour: str, against: str, least: float) -> str:
    """The same for a lighter colour, such as a link on a dark page.

    Errors: ValueError where not even white would do.
    """
    return _moved(colour, against, least, (255, 255, 255))


def _moved(colour: str, against: str, least: float, towards: Channels) -> str:
    start = _channels(colour)
    for step in range(STEPS + 1):
        there = _written(_between(start, towards, step / STEPS))
        if ratio(there, against) >= least:
            return there
    raise ValueError(f"no colour on the way from {colour} to {_written(towards)} reaches {least} to 1 against {against}")


def _between(start: Channels, end: Channels, share: float) -> Channels:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(start, end, strict=True))
    return red, green, blue


def _channels(colour: str) -> Channels:
    if not COLOUR.match(colour):
        raise ValueError(f"write the colour as # and six digits or letters a to f, not {colour!r}")
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _written(channels: Channels) -> str:
    return "#{:02x}{:02x}{:02x}".format(*channels)


def _luminance(channels: Channels) -> float:
    red, green, blue = (_linear(channel / 255) for channel in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
