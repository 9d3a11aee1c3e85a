"""A question in words that tells people from programs without a picture: read aloud, answered in digits or Chinese.

Not here: limits of how often (usecases/party_access). It keeps off what is simple; the limits keep off the rest.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from django.core import signing
from django.http import QueryDict
from django.utils.translation import gettext as _

from zhicheng.base.errors import UnreadableInput

_DIGITS = "零一二三四五六七八九十"
_SALT, LIFE = "zhicheng.human", 1800


@dataclass(frozen=True)
class Question:
    """text: what to ask; token: the signed answer that goes with the form."""

    text: str
    token: str


def ask() -> Question:
    """A fresh question of small numbers."""
    a, b = secrets.randbelow(5) + 1, secrets.randbelow(5)
    text = _("%(a)s加%(b)s等于几？") % {"a": _said(a), "b": _said(b)}
    return Question(text, signing.dumps(_sealed(a + b), salt=_SALT))


def _said(n: int) -> str:
    """A small number as a word of the reader's language."""
    return (_("零"), _("一"), _("二"), _("三"), _("四"), _("五"))[n]


def require(sent: QueryDict) -> None:
    """Raises UnreadableInput unless the answer sent is the one asked for, within half an hour."""
    try:
        sealed = signing.loads(sent.get("human_token", ""), salt=_SALT, max_age=LIFE)
    except signing.BadSignature:
        raise UnreadableInput(_("验证问题已过期"), todo=_("回答新的问题后再提交")) from None
    if _sealed(_number(sent.get("human", ""))) != sealed:
        raise UnreadableInput(_("验证问题答得不对"), todo=_("回答新的问题后再提交"))


def _number(text: str) -> int:
    text = text.strip()
    if len(text) == 1 and text in _DIGITS:
        return _DIGITS.index(text)
    return int(text) if text.isdecimal() and len(text) < 3 else -1


def _sealed(number: int) -> str:
    """The answer so that the token does not show it."""
    return signing.Signer(salt=_SALT).signature(str(number))
