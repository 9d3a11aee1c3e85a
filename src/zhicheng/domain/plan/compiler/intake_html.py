"""A web page's visible words as lines: blocks end lines, cells are parted by tabs, lists keep their numbers.

Nothing that a reader could see is dropped, not menus, not tabs that open on a click. Not here: what the lines are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import html as lxml_html
from lxml.etree import ParserError

_SILENT = frozenset({"script", "style", "noscript", "template", "head", "iframe", "object", "svg", "math", "datalist"})
_BLOCKS = frozenset(
    re.findall(
        r"\S+",
        "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer "
        "form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol option optgroup p pre section select "
        "summary table tbody tfoot thead tr ul button textarea",
    )
)
_CELLS = frozenset({"td", "th"})
_BLANKS = re.compile(r"[ \t\r\n\f]+")


def html_text(page: str) -> str:
    """Lines of a page in reading order. Never fails: a page without elements gives its own words."""
    page = re.sub(r"^\s*<\?xml[^>]*\?>", "", page)
    try:
        root = lxml_html.document_fromstring(page)
    except (ParserError, ValueError):
        return ""
    lines = "".join(_words(root)).split("\n")
    tidy = [re.sub(r" *\t *", "\t", re.sub(r" {2,}", " ", line)).strip(" \t") for line in lines]
    return "\n".join(line for line in tidy if line)


def _words(root: Any) -> Iterator[str]:
    """Words, tabs and line ends of a tree, without recursion: pages nest deeper than Python likes."""
    stack: list[tuple[Any, bool]] = [(root, False)]
    counts: dict[Any, int] = {}  # items so far of each numbered list
    kept = 0  # depth of <pre>, where line ends count
    while stack:
        node, leaving = stack.pop()
        if isinstance(node, str):
            yield node
            continue
        tag = node.tag if isinstance(node.tag, str) else ""
        if leaving:
            kept -= tag == "pre"
            if tag in _BLOCKS:
                yield "\n"
            elif tag in _CELLS:
                yield "\t"
            if node.tail and node is not root:
                yield _flow(node.tail, kept)
            continue
        if not tag or tag in _SILENT:  # comments and processing instructions have no tag name
            if node.tail and node is not root:
                yield _flow(node.tail, kept)
            continue
        kept += tag == "pre"
        if tag == "br":
            yield "\n"
        elif tag in _BLOCKS:
            yield "\n" + _number(node, counts)
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(node))
        if node.text:
            yield _flow(node.text, kept)


def _flow(words: str, kept: int) -> str:
    return words if kept else _BLANKS.sub(" ", words)


def _number(node: Any, counts: dict[Any, int]) -> str:
    """The number a browser shows before an item of a numbered list; items come in their order."""
    parent = node.getparent()
    if node.tag != "li" or parent is None or parent.tag != "ol":
        return ""
    start = parent.get("start", "1")
    first = int(start) if len(start) < 9 and start.removeprefix("-").isdecimal() else 1
    counts[parent] = counts.get(parent, first - 1) + 1
    return f"{counts[parent]}. "
