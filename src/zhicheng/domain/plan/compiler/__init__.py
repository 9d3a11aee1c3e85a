"""编译: a plan's text becomes structure that keeps every word and its place.

`compile_text` reads a text already taken in, `compile_file` a file as people send it. Not here: the plan folder, lint.
"""

from __future__ import annotations

from zhicheng.domain.plan.compiler.compiled import Compiled, Entry, compile_text
from zhicheng.domain.plan.compiler.intake import Source, take_in
from zhicheng.domain.plan.compiler.units import UnitVocabulary

__all__ = ["Compiled", "Entry", "Source", "UnitVocabulary", "compile_file", "compile_text", "take_in"]


def compile_file(data: bytes, name: str, *, units: UnitVocabulary | None = None) -> Compiled:
    """Take in a file (txt, html, docx, pdf with a text layer) and compile its text; raises UnreadableInput."""
    return compile_text(take_in(data, name).text, units=units)
