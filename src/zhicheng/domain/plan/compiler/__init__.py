"""编译: a plan's text becomes structure that keeps every word and its place.

`compile_text` reads a text already taken in, `compile_file` a file as people send it. Not here: the plan folder, lint.
"""

from __future__ import annotations

from zhicheng.domain.plan.compiler.compiled import Compiled, Entry, compile_text
from zhicheng.domain.plan.compiler.units import UnitVocabulary

__all__ = ["Compiled", "Entry", "UnitVocabulary", "compile_text"]
