"""Words of the plan's structure as template tags. Not here: the words (faces/web/wording.py)."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from zhicheng.faces.web import wording
from zhicheng.faces.web.templatetags.house import sign, tag
from zhicheng.store.models import Finding

register = template.Library()
register.filter("city", wording.city_words)
register.filter("unit_kind", lambda kind: wording.UNIT_KINDS.get(kind, kind))
register.filter("name_kind", lambda kind: wording.NAME_KINDS.get(kind, kind))
register.filter("instrument_kind", lambda kind: wording.INSTRUMENT_KINDS.get(kind, kind))
register.filter("commitment_kind", lambda kind: wording.COMMITMENT_KINDS.get(kind, kind))
register.filter("role", wording.role)
register.filter("aim", wording.aim)
register.filter("severity_word", lambda key: wording.SEVERITIES[key])
register.simple_tag(wording.finding, name="finding_words")


_SIGNS = {"error": ("red", "square"), "warning": ("yellow", "triangle"), "info": ("blue", "circle")}


@register.simple_tag
def severity(finding: Finding) -> SafeString:
    """程度 of a finding as a state: word + sign + colour."""
    return tag(_SIGNS[finding.severity][0], str(wording.SEVERITIES[finding.severity]))


@register.simple_tag
def severity_sign(key: str) -> SafeString:
    """The sign of a severity alone; say its meaning in words beside it."""
    colour, shape = _SIGNS[key]
    return sign(shape, colour)
