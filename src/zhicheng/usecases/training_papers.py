"""示范公文: papers that a training city shows, numbered in its own series. Not here: reading them (engine/papers/load)."""

from __future__ import annotations

from collections.abc import Iterable

from zhicheng.engine.papers.load import Sample
from zhicheng.store.models import City, Paper, PaperDraft
from zhicheng.store.papers import fonts
from zhicheng.usecases.issue_paper import issue, write_draft
from zhicheng.usecases.policy import MACHINE


def training_papers(samples: Iterable[Sample]) -> None:
    """Write and issue the samples once; a real city, or one that has papers, is left alone.

    Without Chinese fonts all of them stay drafts.
    """
    city = City.objects.first()
    if city is None or not city.is_training or Paper.objects.exists() or PaperDraft.objects.exists():
        return
    for sample in samples:
        draft = write_draft(MACHINE, sample.kind, sample.office, sample.data)
        if sample.issue and fonts.of_this_machine().usable:
            issue(MACHINE, draft.pk)
