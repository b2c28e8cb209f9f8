"""A picture of figures as horizontal bars, written as SVG by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from .figures import Figure

LEFT, WIDTH, BAR, GAP = 190, 420, 16, 6
COLOURS = ("#2a6f97", "#b5651d", "#7a7a7a")


@dataclass(frozen=True)
class Group:
    """Bars that belong together. The longest fills the width."""

    title: str
    unit: str
    bars: Sequence[tuple[str, Figure]]


def svg(groups: Sequence[Group]) -> str:
    """Draw all, one below the other; a line on each bar goes from quartile to quartile."""
    lines: list[str] = []
    top = GAP
    for group in groups:
        longest = max(figure.high for _, figure in group.bars)
        scale = WIDTH / (longest or 1)
        lines.append(heading(group, top))
        top += BAR + GAP
        for number, (name, figure) in enumerate(group.bars):
            lines += bar(name, figure, top, scale, COLOURS[number % len(COLOURS)])
            top += BAR + GAP
        top += GAP
    size = f'width="{LEFT + WIDTH + 80}" height="{top}"'
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="12">'
    )
    back = '<rect width="100%" height="100%" fill="white"/>'
    return "\n".join([head, back, *lines, "</svg>", ""])


def heading(group: Group, top: int) -> str:
    """`Wall time, s`."""
    title = escape(f"{group.title}, {group.unit}")
    return f'<text x="{GAP}" y="{top + BAR - 3}" font-weight="bold">{title}</text>'


def bar(name: str, figure: Figure, top: int, scale: float, colour: str) -> list[str]:
    """One bar with its name, its spread and its figure."""
    middle, end = top + BAR / 2, LEFT + figure.median * scale
    low, high = LEFT + figure.low * scale, LEFT + figure.high * scale
    base = top + BAR - 4
    return [
        f'<text x="{LEFT - GAP}" y="{base}" text-anchor="end">{escape(name)}</text>',
        f'<rect x="{LEFT}" y="{top}" width="{end - LEFT:.1f}" height="{BAR}" fill="{colour}"/>',
        f'<path d="M{low:.1f} {middle}H{high:.1f}" stroke="black"/>',
        f'<text x="{max(end, high) + GAP:.1f}" y="{base}">{figure.median:.2f}</text>',
    ]
