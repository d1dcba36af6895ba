"""The bars of docs/speed.svg: the whole program beside its peers, and where its time goes."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

_WIDTH, _ROW, _LEFT, _BAR = 720, 34, 190, 430
_COLOURS = "#3b6ea5 #c77d2e #5b8c5a #8a5a83 #a8a03c #4aa3a2 #b5524a #777777 #9c7a54 #444444".split()
_STYLE = "text{font:13px sans-serif;fill:#222}@media(prefers-color-scheme:dark){text{fill:#ddd}}"


def chart(program: Mapping[str, Any]) -> str:
    """Return an SVG of wall seconds: one bar a tool, ours cut into stages."""
    costs, stages = program["costs"], program["stages"]
    longest = max(cost["wall"] for cost in costs.values())
    names = list(dict.fromkeys(name for mine in stages.values() for name in mine))
    colours = {name: _COLOURS[1 + number % (len(_COLOURS) - 1)] for number, name in enumerate(names)}
    parts, top = [], 40
    for name, cost in costs.items():
        parts.append(f'<text x="{_LEFT - 8}" y="{top + 17}" text-anchor="end">{escape(name)}</text>')
        parts.extend(_bar(stages.get(name, {}), cost["wall"], _BAR / longest, top, colours))
        words = f"{cost['wall']:.0f} s, {cost['megabytes']:.0f} MB"
        parts.append(f'<text x="{_LEFT + cost["wall"] * _BAR / longest + 6:.0f}" y="{top + 17}">{words}</text>')
        top += _ROW
    for number, name in enumerate(names):
        x, y = _LEFT + 215 * (number % 2), top + 14 + 20 * (number // 2)
        parts.append(f'<rect x="{x}" y="{y - 10}" width="12" height="12" fill="{colours[name]}"/>')
        parts.append(f'<text x="{x + 18}" y="{y}">{escape(name)}</text>')
    title = f"{program['articles']} articles, {program['sentences']} sentences: wall seconds and peak memory"
    height = top + 24 + 10 * (len(names) + 1)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="{title}">'
    return "\n".join([head, f"<style>{_STYLE}</style>", f'<text x="8" y="22">{title}</text>', *parts, "</svg>", ""])


def _bar(stages: Mapping[str, float], wall: float, scale: float, top: int, colours: Mapping[str, str]) -> list[str]:
    """One bar: what no stage accounts for (start-up) comes first, in the first colour."""
    pieces = [("", max(0.0, wall - sum(stages.values()))), *stages.items()]
    drawn, at = [], float(_LEFT)
    for name, seconds in pieces:
        width = seconds * scale
        colour = colours.get(name, _COLOURS[0])
        drawn.append(f'<rect x="{at:.1f}" y="{top}" width="{width:.1f}" height="24" fill="{colour}"/>')
        at += width
    return drawn
