"""条款标签: what people say for a clause (方案 二(一)4) and how it is found again. Not here: the clauses themselves."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from zhicheng.domain.plan.model import Clause, Document

PLAN = "plan"
"""The kind of the document that is the plan itself; labels without a document name mean this one."""


def folded(label: str) -> str:
    """A label with widths and blanks folded, so that 二（一）4 and 二(一) 4 are one."""
    return "".join(unicodedata.normalize("NFKC", label).split())


def full_label(document: Document, local: str) -> str:
    """The label of a clause of `document`: 方案 二(一)4; a document that is one clause keeps its own title."""
    return f"{document.title} {local}".strip()


class Labels:
    """All labels of one plan version."""

    def __init__(self, documents: Iterable[Document], clauses: Iterable[Clause]) -> None:
        documents = tuple(documents)
        self._by_label = {folded(clause.label): clause for clause in clauses}
        self._by_key = {clause.key: clause for clause in self._by_label.values()}
        self._plan_titles = [folded(each.title) for each in documents if each.kind == PLAN]

    def find(self, said: str) -> Clause | None:
        """The clause meant by a full label, a label of the plan without its name, or a permanent key."""
        label = folded(said)
        candidates = [label, *(title + label for title in self._plan_titles)]
        for candidate in candidates:
            if candidate in self._by_label:
                return self._by_label[candidate]
        return self._by_key.get(said.strip())
