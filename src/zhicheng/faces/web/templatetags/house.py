"""The recurring parts of pages as template tags and filters. Not here: what a page shows; how words are formed (display.py)."""

from __future__ import annotations

from typing import Any

from django import template
from django.core.paginator import Page
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhicheng.faces.web import display, wording
from zhicheng.faces.web import words as known_words

register = template.Library()
register.filter("fullwidth", display.fullwidth)
register.filter("money", display.money)
register.filter("percent", display.percent)
register.filter("day", display.day)
register.filter("moment", display.moment)
register.filter("citytime", display.citytime)

_SHAPES = {
    "square": "M1 1h10v10H1z",
    "triangle": "M6 .8 11.6 11H.4z",
    "circle": "M6 .8a5.2 5.2 0 1 1 0 10.4A5.2 5.2 0 0 1 6 .8z",
    "bar": "M1 5h10v2H1z",
    "check": "m1 6.6 1.5-1.5 2.3 2.3L9.6 2 11 3.5 4.8 10.4z",
    "cross": "M2.4 1 6 4.6 9.6 1 11 2.4 7.4 6 11 9.6 9.6 11 6 7.4 2.4 11 1 9.6 4.6 6 1 2.4z",
    "ask": "M6 .2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 6 .2zM5.3 8.6h1.4V10H5.3z"
    "M6 2.2c1.4 0 2.4.8 2.4 2 0 1.6-1.7 1.7-1.7 3.2H5.3c0-2 1.6-2.2 1.6-3.1 0-.5-.4-.8-.9-.8-.6 0-1 .4-1 1H3.6c0-1.4 1-2.3 2.4-2.3z",
    "flag": "M1.5.5H3V1h8L9 3.8 11 6.6H3v5H1.5z",
    "clock": "M6 .2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 6 .2zm0 1.5a4.3 4.3 0 1 1 0 8.6 4.3 4.3 0 0 1 0-8.6zM5.4 3h1.2v2.8l2 1.2-.6 1-2.6-1.6z",
    "half": "M6 .4a5.6 5.6 0 1 0 0 11.2A5.6 5.6 0 0 0 6 .4zM6 1.9v8.2a4.1 4.1 0 0 0 0-8.2z",
}
_DEFAULT_SIGN = {"red": "square", "yellow": "triangle", "blue": "circle", "ok": "check", "none": "bar"}

# Not set, not known, not seen, lawfully internal: four words, four signs; none is an empty field, a zero or a dash.
_STATES = {
    "unset": ("yellow", "ask", _("待定")),
    "unverified": ("yellow", "half", _("待核实")),
    "missing": ("red", "cross", _("缺")),
    "internal": ("none", "bar", _("不公开")),
}


@register.simple_tag
def sign(shape: str, colour: str = "") -> SafeString:
    """A small sign beside a word; never alone, so it is hidden from screen readers. Shapes: the keys of _SHAPES."""
    return format_html(
        '<svg class="sign{}" viewBox="0 0 12 12" aria-hidden="true"><path fill-rule="evenodd" d="{}"/></svg>',
        f" c-{colour}" if colour else "",
        _SHAPES[shape],
    )


@register.simple_tag
def tag(colour: str, word: str, shape: str = "") -> SafeString:
    """A state: sign + word + line. colour: red, yellow, blue, ok, none; shape overrides the colour's own sign."""
    return format_html('<span class="tag {}">{}{}</span>', colour, sign(shape or _DEFAULT_SIGN[colour]), word)


@register.simple_tag
def state(kind: str) -> SafeString:
    """One of the four words for what is not there: unset 待定, unverified 待核实, missing 缺, internal 不公开."""
    colour, shape, word = _STATES[kind]
    return tag(colour, str(word), shape)


@register.simple_tag
def verdict(finding: Any) -> SafeString:
    """A finding's state: only a rule not met may be red; what the record cannot show is its own word, never a fault."""
    if finding.verdict == "cannot_be_shown":
        return tag("yellow", gettext("不能证明"), "half")
    if finding.severity == "error":
        return tag("red", gettext("不符"), "cross")
    return tag("yellow", gettext("存疑")) if finding.severity == "warning" else tag("none", gettext("提示"))


@register.simple_tag
def cite(clause: Any, label: str = "") -> SafeString:
    """A link to a clause by its permanent address. clause: an object with key and label, or the key (then give the label)."""
    key = clause if isinstance(clause, str) else clause.key
    words = label or (key if isinstance(clause, str) else clause.label)
    return format_html(
        '<a class="cite nowrap" lang="zh-Hans" href="{}">{}</a>',
        reverse("clause", args=[key]),
        display.fullwidth(words),
    )


@register.inclusion_tag("parts/quote.html")
def quote(text: str, clause: Any = None, source: str = "") -> dict[str, Any]:
    """Words of the plan or of a record, verbatim, in 宋体, with their clause or source beneath."""
    return {"text": display.fullwidth(text), "clause": clause, "source": source}


@register.inclusion_tag("parts/pager.html", takes_context=True)
def pager(context: template.Context, page: Page[Any]) -> dict[str, Any]:
    """Previous and next page of a Paginator page; keeps the other parameters of the address."""
    return {"page": page, "request": context["request"]}


@register.simple_tag
def words(text: str | None) -> SafeString:
    """A phrase of the city (a unit, an indicator): 宋体, marked as Chinese, punctuation at full width."""
    return format_html('<span class="words" lang="zh-Hans">{}</span>', display.fullwidth(text or ""))


@register.filter
def word_of(key: str, table: str) -> str:
    """A word of words.py: {{ instrument.kind|word_of:"INSTRUMENT_KINDS" }}; an unknown key shows itself."""
    return str(getattr(known_words, table).get(key, key))


@register.inclusion_tag("parts/field.html")
def field(bound: Any) -> dict[str, Any]:
    """A form field: label above, help and faults below, tied to it for screen readers."""
    return {"field": bound}


@register.inclusion_tag("parts/form_faults.html")
def form_faults(form: Any) -> dict[str, Any]:
    """What is wrong with a form as a whole, before its first field."""
    return {"form": form}


register.filter("han_marked", wording.quoting)
