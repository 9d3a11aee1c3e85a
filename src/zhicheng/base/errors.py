"""Errors that people read: what happened, where, what to do. Not here: how a face shows them."""

from __future__ import annotations


class ZhichengError(Exception):
    """Any refusal meant for a person. what: the fault; where: file, clause or field; todo: the way out (all Chinese)."""

    def __init__(self, what: str, *, where: str = "", todo: str = "") -> None:
        super().__init__(what)
        self.what, self.where, self.todo = what, where, todo

    def __str__(self) -> str:
        where = f"（{self.where}）" if self.where else ""
        todo = f" 请{self.todo}。" if self.todo else ""
        return f"{self.what}{where}。{todo}"


class UnreadableInput(ZhichengError):
    """A file or value that cannot be read at all (exit code 2, page 400)."""


class Refused(ZhichengError):
    """The person may not do this; `what` says why in their words (page 403)."""


class Missing(ZhichengError):
    """The thing asked for does not exist, or may not be seen (page 404)."""


class Conflict(ZhichengError):
    """Somebody else changed it since, or it is already done (page 409)."""
