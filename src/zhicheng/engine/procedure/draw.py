"""A procedure as a picture (SVG) and as the same in words (numbered list). Not here: pages, colours of a theme.

Layout: states stand in the order of the file, one below the other; ends stand at the right. A move to the next state goes
straight down; back moves share a lane at the left per target, forward jumps one at the right. Presentation attributes only
(no style), so that a strict CSP lets it through; state is told by sign and word, never by colour alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape

from zhicheng.engine.procedure.case import Case
from zhicheng.engine.procedure.definition import ACT_LABELS, Definition, Move, Need

_WIDTH, _LINE, _GAP, _LANE, _MARGIN = 230, 20, 30, 16, 16
_INK, _GREY, _BLUE, _PALE = "#1f2937", "#5b6472", "#12407a", "#e8f0fa"


@dataclass(frozen=True)
class Drawing:
    """svg: the picture; steps: the same as numbered sentences, for screen readers and for print."""

    svg: str
    steps: tuple[str, ...]


def draw(definition: Definition, case: Case | None = None) -> Drawing:
    """The procedure; with a case, where it stands and which way it came."""
    return Drawing(_Picture(definition, case).svg(), tuple(_steps(definition, case)))


# --- words ----------------------------------------------------------------------------------------------------------


def _steps(definition: Definition, case: Case | None) -> Iterable[str]:
    for n, (name, state) in enumerate(definition.states.items(), start=1):
        marks = [definition.roles[state.holder].label] if state.holder in definition.roles else []
        marks += (
            [{"always": "必经", "conditional": "有条件", "choice": "可选"}[state.obligatory]]
            if state.obligatory
            else []
        )
        marks += ["办结"] if state.ends else []
        marks += [_standing(case, name)] if case is not None and _standing(case, name) else []
        ways = [_way(definition, move) for move in definition.moves.values() if name in move.from_]
        head = f"{n}. {state.label}" + (f"（{'，'.join(marks)}）" if marks else "")
        yield head + ("：" + "；".join(ways) if ways else "") + "。"
    general = [ACT_LABELS[act] for act, rule in definition.acts.items() if not rule.in_]
    if general:
        yield f"各未办结的步骤另可：{'、'.join(general)}。"


def _way(definition: Definition, move: Move) -> str:
    by = "、".join(definition.roles[role].label for role in move.by if role in definition.roles)
    needs = [text for need in move.needs if (text := _need(definition, need))]
    to = definition.states[move.to].label if move.to in definition.states else move.to
    needs += ["写明理由"] if move.reason or move.waives else []
    return f"{by}“{move.label}”到{to}" + (f"，须{''.join(f'「{need}」' for need in needs)}" if needs else "")


def _need(definition: Definition, need: Need) -> str:
    if need.any:
        return "或".join(_need(definition, each) for each in need.any)
    if need.clock:
        clock = definition.clocks.get(need.clock)
        return f"{clock.label}（{clock.length}）" if clock is not None else need.clock
    fact = definition.facts.get(need.fact)
    label = fact.label if fact is not None else need.fact
    if need.among is None:
        return label
    words = [{True: "是", False: "否"}[value] if isinstance(value, bool) else str(value) for value in need.among]
    return f"{label}为{'或'.join(fact.options.get(word, word) if fact is not None else word for word in words)}"


def _standing(case: Case | None, name: str) -> str:
    if case is None:
        return ""
    if name == case.node:
        return "中止中" if case.suspension is not None else "当前步骤"
    return "已办" if name in case.path else ""


# --- picture --------------------------------------------------------------------------------------------------------


@dataclass
class _Box:
    """A state's rectangle; ports are given out from the top, at each side."""

    x: float
    y: float
    height: float
    left: int = 0
    right: int = 0

    @property
    def middle(self) -> float:
        return self.x + _WIDTH / 2

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
    boxes: dict[str, _Box] = field(default_factory=dict)
    parts: list[str] = field(default_factory=list)

    def svg(self) -> str:
        down, back, ahead = self._sorted_moves()
        left = _MARGIN + _LANE * max(1, len(back)) + _longest(back) + 12
        right = left + _WIDTH + _longest(ahead) + 24 + _LANE * max(1, len(ahead))
        height = self._place(down, back, ahead, left, right)
        for n, target in enumerate(self._widest_first(back)):
            self._lane(target, back[target], _MARGIN + _LANE * n, "left")
        for n, target in enumerate(self._widest_first(ahead)):
            self._lane(target, ahead[target], right - 12 - _LANE * n, "right")
        for (source, target), moves in down.items():
            self._down(self.boxes[source], self.boxes[target], moves)
        for name in self.boxes:
            self._state(name)
        return self._whole(right + _WIDTH + _MARGIN, height)

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
            box = self.boxes[name] = _Box(left, y, max(46, 12 + _LINE * ports))
            y += box.height + max(_GAP, 14 + 18 * leaving.get(name, 0))
        ends = {
            name: min((self.boxes[hop.source].y for hop in ahead.get(name, [])), default=y)
            for name, state in self.definition.states.items()
            if state.ends
        }
        floor: float = 48
        for name, wanted in sorted(ends.items(), key=lambda row: row[1]):
            floor = max(floor, wanted)
            self.boxes[name] = _Box(right, floor, 46)
            floor += 46 + _GAP
        return max(y, floor) + _MARGIN

    def _widest_first(self, lanes: dict[str, list[_Hop]]) -> list[str]:
        """Targets in the order of their lanes from outside, so that short lanes nest in long ones."""

        def span(target: str) -> float:
            ys = [self.boxes[target].y, *(self.boxes[hop.source].y for hop in lanes[target])]
            return min(ys) - max(ys)

        return sorted(lanes, key=span)

    def _lane(self, target: str, hops: list[_Hop], x: float, side: str) -> None:
        """All moves to one target from one side: stubs with their labels, one shared lane, one arrow."""
        end = self.boxes[target]
        outside = end.x > self.boxes[hops[0].source].x
        edge = end.x if side == "left" or outside else end.x + _WIDTH
        arrive = end.port("left" if side == "left" or outside else "right")
        ys = [arrive]
        for hop in hops:
            box = self.boxes[hop.source]
            y = box.port(side)
            ys.append(y)
            start = box.x if side == "left" else box.x + _WIDTH
            self._line([(start, y), (x, y)], hop.move)
            at, anchor = (start - 6, "end") if side == "left" else (start + 6, "start")
            self._text(at, y - 4, hop.move.label, anchor=anchor, size=12, fill=_GREY)
        shared = _straight([hop.move for hop in hops])
        self._line([(x, min(ys)), (x, max(ys))], shared)
        self._line([(x, arrive), (edge, arrive)], shared, arrow=True)

    def _down(self, above: _Box, below: _Box, moves: list[Move]) -> None:
        top = above.y + above.height
        self._line([(above.middle, top), (above.middle, below.y)], _straight(moves), arrow=True)
        for n, move in enumerate(moves):
            self._text(above.middle + 10, top + 17 + 18 * n, move.label, size=12, fill=_GREY)

    def _state(self, name: str) -> None:
        state, box = self.definition.states[name], self.boxes[name]
        standing = _standing(self.case, name)
        now = standing in ("当前步骤", "中止中")
        fill = _BLUE if now else _PALE if standing else "#ffffff"
        ink = "#ffffff" if now else _INK
        dash = ' stroke-dasharray="6 4"' if state.obligatory in ("conditional", "choice") else ""
        self.parts.append(
            f'<rect x="{box.x:g}" y="{box.y:g}" width="{_WIDTH}" height="{box.height:g}" rx="{20 if state.ends else 6}" '
            f'fill="{fill}" stroke="{_BLUE}" stroke-width="{2 if now else 1}"{dash}/>'
        )
        sign = {"当前步骤": "▶ ", "中止中": "‖ ", "已办": "✓ "}.get(standing, "")
        holder = self.definition.roles[state.holder].label if state.holder in self.definition.roles else ""
        stop = self.definition.acts.get("terminate")
        ending = (
            "任一步骤终止" if stop is not None and stop.to == name and not stop.in_ else "办结" if state.ends else ""
        )
        under = " · ".join(filter(None, [holder, ending, standing]))
        middle = box.y + box.height / 2
        self._text(box.middle, middle + (-3 if under else 5), sign + state.label, anchor="middle", size=15, fill=ink)
        if under:
            self._text(box.middle, middle + 15, under, anchor="middle", size=12, fill="#ffffff" if now else _GREY)

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
        title = escape(self.definition.name)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
            f'height="{height:g}" font-family="Noto Sans CJK SC, Microsoft YaHei, PingFang SC, sans-serif">'
            f"<title>{title}</title><desc>{title}流程图，同内容的文字步骤见编号列表。虚线框为有条件或可选的步骤。</desc>"
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


def _straight(moves: list[Move]) -> Move:
    """The move that decides how a shared line looks: dashed only if all of them pass a state over."""
    return next((move for move in moves if move.waives is None), moves[0])


def _ports(name: str, lanes: dict[str, list[_Hop]]) -> int:
    """How many lines leave or reach one side of a state."""
    return (name in lanes) + sum(hop.source == name for hops in lanes.values() for hop in hops)


def _longest(lanes: dict[str, list[_Hop]]) -> float:
    """Width of the longest label in pixels at 12 px; a Chinese sign is as wide as high."""
    labels = [hop.move.label for hops in lanes.values() for hop in hops]
    return max((sum(12 if ord(sign) > 255 else 7 for sign in label) for label in labels), default=0)
