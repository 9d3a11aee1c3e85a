"""A procedure as a picture (SVG) and as the same in words (numbered list). Not here: pages, colours of a theme.

Layout: states stand in the order of the file, one below the other; ends stand at the right. A move to the next state goes
straight down; back moves share a lane at the left per target, forward jumps one at the right. Presentation attributes only
(no style), so that a strict CSP lets it through; state is told by sign and word, never by colour alone.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from html import escape

from zhicheng.engine.procedure.case import Case
from zhicheng.engine.procedure.definition import Definition, Move
from zhicheng.engine.procedure.words import WORDS, Language, standing, steps

_LEAST_WIDTH, _LINE, _GAP, _LANE, _MARGIN = 200, 20, 30, 16, 16
_SIGNS = {"now": "▶ ", "halted": "‖ ", "passed": "✓ "}
_INK, _GREY, _BLUE, _PALE = "#1f2937", "#5b6472", "#12407a", "#e8f0fa"


@dataclass(frozen=True)
class Drawing:
    """svg: the picture; steps: the same as numbered sentences, for screen readers and for print."""

    svg: str
    steps: tuple[str, ...]


def draw(definition: Definition, case: Case | None = None, language: Language = "zh") -> Drawing:
    """The procedure; with a case, where it stands and which way it came."""
    return Drawing(_Picture(definition, case, language).svg(), tuple(steps(definition, case, language)))


@dataclass
class _Box:
    """A state's rectangle; ports are given out from the top, at each side."""

    x: float
    y: float
    width: float
    height: float
    left: int = 0
    right: int = 0

    @property
    def middle(self) -> float:
        return self.x + self.width / 2

    def port(self, side: str) -> float:
        count = self.left if side == "left" else self.right
        if side == "left":
            self.left += 1
        else:
            self.right += 1
        return self.y + 16 + count * _LINE


@dataclass
class _Picture:
    definition: Definition
    case: Case | None
    language: Language
    boxes: dict[str, _Box] = field(default_factory=dict)
    parts: list[str] = field(default_factory=list)

    @property
    def width(self) -> float:
        """Of every box: the longest label and its sign."""
        labels = [state.said(self.language) for state in self.definition.states.values()]
        return max(_LEAST_WIDTH, max(_measure(label, 15) for label in labels) + 44)

    def svg(self) -> str:
        down, back, ahead = self._sorted_moves()
        left = _MARGIN + _LANE * max(1, len(back)) + _longest(back, self.language) + 12
        right = left + self.width + _longest(ahead, self.language) + 24 + _LANE * max(1, len(ahead))
        height = self._place(down, back, ahead, left, right)
        lanes = [
            _Lane(target, back[target], _MARGIN + _LANE * n, "left")
            for n, target in enumerate(self._widest_first(back))
        ]
        lanes += [
            _Lane(target, ahead[target], right - 12 - _LANE * n, "right")
            for n, target in enumerate(self._widest_first(ahead))
        ]
        self._give_ports(lanes)
        for lane in lanes:
            self._lane(lane)
        for (source, target), moves in down.items():
            self._down(self.boxes[source], self.boxes[target], moves)
        for name in self.boxes:
            self._state(name)
        return self._whole(right + self.width + _MARGIN, height)

    def _sorted_moves(self) -> tuple[dict[tuple[str, str], list[Move]], dict[str, list[_Hop]], dict[str, list[_Hop]]]:
        """Moves straight down by pair; back moves and jumps by target."""
        column = [name for name, state in self.definition.states.items() if not state.ends]
        down: dict[tuple[str, str], list[Move]] = defaultdict(list)
        back: dict[str, list[_Hop]] = defaultdict(list)
        ahead: dict[str, list[_Hop]] = defaultdict(list)
        for move in self.definition.moves.values():
            for source in move.from_:
                if move.to not in column:
                    ahead[move.to].append(_Hop(source, move))
                elif column.index(move.to) == column.index(source) + 1:
                    down[source, move.to].append(move)
                else:
                    side = back if column.index(move.to) <= column.index(source) else ahead
                    side[move.to].append(_Hop(source, move))
        return dict(down), dict(back), dict(ahead)

    def _place(
        self,
        down: dict[tuple[str, str], list[Move]],
        back: dict[str, list[_Hop]],
        ahead: dict[str, list[_Hop]],
        left: float,
        right: float,
    ) -> float:
        """Give every state its box; returns the height of the picture."""
        leaving = {source: len(moves) for (source, _), moves in down.items()}
        y: float = 48
        for name in (name for name, state in self.definition.states.items() if not state.ends):
            ports = max(_ports(name, back), _ports(name, ahead))
            box = self.boxes[name] = _Box(left, y, self.width, max(46, 12 + _LINE * ports))
            y += box.height + max(_GAP, 14 + 18 * leaving.get(name, 0))
        ends = {
            name: min((self.boxes[hop.source].y for hop in ahead.get(name, [])), default=y)
            for name, state in self.definition.states.items()
            if state.ends
        }
        floor: float = 48
        for name, wanted in sorted(ends.items(), key=lambda row: row[1]):
            floor = max(floor, wanted)
            self.boxes[name] = _Box(right, floor, self.width, 46)
            floor += 46 + _GAP
        return max(y, floor) + _MARGIN

    def _widest_first(self, lanes: dict[str, list[_Hop]]) -> list[str]:
        """Targets in the order of their lanes from outside, so that short lanes nest in long ones."""

        def span(target: str) -> float:
            ys = [self.boxes[target].y, *(self.boxes[hop.source].y for hop in lanes[target])]
            return min(ys) - max(ys)

        return sorted(lanes, key=span)

    def _give_ports(self, lanes: list[_Lane]) -> None:
        """Where each line leaves and arrives: ways to an end first, from above, so that they run straight across."""
        for lane in sorted(lanes, key=lambda lane: (not self._at_end(lane), self.boxes[lane.target].y)):
            lane.leaving = [self.boxes[hop.source].port(lane.side) for hop in lane.hops]
        for lane in lanes:
            lane.arriving = self.boxes[lane.target].port("left" if self._at_end(lane) else lane.side)

    def _at_end(self, lane: _Lane) -> bool:
        return self.definition.states[lane.target].ends

    def _lane(self, lane: _Lane) -> None:
        """All moves to one target from one side: stubs with their labels, one shared lane, one arrow."""
        end, x = self.boxes[lane.target], lane.x
        for hop, y in zip(lane.hops, lane.leaving, strict=True):
            box = self.boxes[hop.source]
            start, at, anchor = (
                (box.x, box.x - 6, "end")
                if lane.side == "left"
                else (box.x + box.width, box.x + box.width + 6, "start")
            )
            self._line([(start, y), (x, y)], hop.move)
            self._text(at, y - 4, hop.move.said(self.language), anchor=anchor, size=12, fill=_GREY)
        shared = _straight([hop.move for hop in lane.hops])
        ys = [lane.arriving, *lane.leaving]
        edge = end.x if lane.side == "left" or self._at_end(lane) else end.x + end.width
        self._line([(x, min(ys)), (x, max(ys))], shared)
        self._line([(x, lane.arriving), (edge, lane.arriving)], shared, arrow=True)

    def _down(self, above: _Box, below: _Box, moves: list[Move]) -> None:
        top = above.y + above.height
        self._line([(above.middle, top), (above.middle, below.y)], _straight(moves), arrow=True)
        for n, move in enumerate(moves):
            self._text(above.middle + 10, top + 17 + 18 * n, move.said(self.language), size=12, fill=_GREY)

    def _state(self, name: str) -> None:
        state, box, say = self.definition.states[name], self.boxes[name], WORDS[self.language]
        where = standing(self.case, name)
        now = where in ("now", "halted")
        dash = ' stroke-dasharray="6 4"' if state.obligatory in ("conditional", "choice") else ""
        self.parts.append(
            f'<rect x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height:g}" rx="{20 if state.ends else 6}" '
            f'fill="{_BLUE if now else _PALE if where else "#ffffff"}" stroke="{_BLUE}" '
            f'stroke-width="{2 if now else 1}"{dash}/>'
        )
        holder = (
            self.definition.roles[state.holder].said(self.language) if state.holder in self.definition.roles else ""
        )
        stop = self.definition.acts.get("terminate")
        anywhere = stop is not None and stop.to == name and not stop.in_
        ending = say["anywhere"] if anywhere else say["ends"] if state.ends else ""
        under = " · ".join(filter(None, [holder, ending, say[where] if where else ""]))
        middle = box.y + box.height / 2
        label = _SIGNS.get(where, "") + state.said(self.language)
        ink, grey = ("#ffffff", "#ffffff") if now else (_INK, _GREY)
        self._text(box.middle, middle + (-3 if under else 5), label, anchor="middle", size=15, fill=ink)
        if under:
            self._text(box.middle, middle + 15, under, anchor="middle", size=12, fill=grey)

    def _line(self, points: list[tuple[float, float]], move: Move, arrow: bool = False) -> None:
        path = " ".join(f"{x:g},{y:g}" for x, y in points)
        dash = ' stroke-dasharray="5 4"' if move.waives else ""
        head = ' marker-end="url(#arrow)"' if arrow else ""
        self.parts.append(f'<polyline points="{path}" fill="none" stroke="{_GREY}" stroke-width="1.2"{dash}{head}/>')

    def _text(self, x: float, y: float, text: str, *, anchor: str = "start", size: int = 14, fill: str = _INK) -> None:
        self.parts.append(
            f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" font-size="{size}" fill="{fill}">{escape(text)}</text>'
        )

    def _whole(self, width: float, height: float) -> str:
        name = self.definition.en if self.language == "en" and self.definition.en else self.definition.name
        title, chart = escape(name), escape(WORDS[self.language]["chart"].format(name))
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
            f'height="{height:g}" font-family="Noto Sans CJK SC, Microsoft YaHei, PingFang SC, sans-serif">'
            f"<title>{title}</title><desc>{chart}</desc>"
            '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" '
            f'orient="auto"><path d="M0,0 L8,4 L0,8 z" fill="{_GREY}"/></marker></defs>'
            f'<rect width="{width:g}" height="{height:g}" fill="#ffffff"/>'
            f'<text x="{_MARGIN}" y="30" font-size="18" font-weight="bold" fill="{_INK}">{title}</text>'
            f"{''.join(self.parts)}</svg>"
        )


@dataclass(frozen=True)
class _Hop:
    source: str
    move: Move


@dataclass
class _Lane:
    """The shared vertical line of all moves to one target from one side, at `x`."""

    target: str
    hops: list[_Hop]
    x: float
    side: str
    leaving: list[float] = field(default_factory=list)
    arriving: float = 0


def _straight(moves: list[Move]) -> Move:
    """The move that decides how a shared line looks: dashed only if all of them pass a state over."""
    return next((move for move in moves if move.waives is None), moves[0])


def _ports(name: str, lanes: dict[str, list[_Hop]]) -> int:
    """How many lines leave or reach one side of a state."""
    return (name in lanes) + sum(hop.source == name for hops in lanes.values() for hop in hops)


def _longest(lanes: dict[str, list[_Hop]], language: Language) -> float:
    return max((_measure(hop.move.said(language), 12) for hops in lanes.values() for hop in hops), default=0)


def _measure(text: str, size: int) -> float:
    """About how wide a text is; a Chinese sign is as wide as high."""
    return sum(size if ord(sign) > 255 else size * 0.58 for sign in text)
