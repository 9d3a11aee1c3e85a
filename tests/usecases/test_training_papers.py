"""Papers of a training city: shown once, never in a real one; those of the bundled plan are all sound."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import LazySettings

from zhicheng.domain.plan import folder
from zhicheng.domain.plan.model import Plan
from zhicheng.engine.papers.compose import checked
from zhicheng.engine.papers.load import samples, stationery
from zhicheng.store.models import Paper, PaperDraft
from zhicheng.store.papers import fonts
from zhicheng.usecases.policy import MACHINE
from zhicheng.usecases.real_city import real_city
from zhicheng.usecases.stationery import adopt_stationery
from zhicheng.usecases.training_city import training_city
from zhicheng.usecases.training_papers import training_papers

BUNDLED = Path(__file__).parents[2] / "plans" / "yantai-2022-2024"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _cheap(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "attachments"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.mark.skipif(not fonts.of_this_machine().usable, reason="本机没有中文字体，公文签发不了")
def test_training_city_shows_its_samples_once() -> None:
    training_city(folder.load(BUNDLED))
    adopt_stationery(MACHINE, stationery(BUNDLED))

    for _ in range(2):
        training_papers(samples(BUNDLED))

    assert [str(p.number) for p in Paper.objects.order_by("pk")] == ["烟市监发〔2024〕1号", "烟市监督〔2024〕1号"]
    assert set(PaperDraft.objects.values_list("kind_key", flat=True)) == {"consultation", "correction"}


def test_real_city_gets_none(small_plan: Plan) -> None:
    real_city(small_plan)
    adopt_stationery(MACHINE, stationery(BUNDLED))

    training_papers(samples(BUNDLED))

    assert not PaperDraft.objects.exists()


def test_machine_without_fonts_keeps_them_as_drafts(monkeypatch: pytest.MonkeyPatch, small_plan: Plan) -> None:
    monkeypatch.setattr(fonts, "of_this_machine", lambda: fonts.choose([]))
    training_city(small_plan)
    adopt_stationery(MACHINE, stationery(BUNDLED))

    training_papers(samples(BUNDLED))

    assert not Paper.objects.exists()
    assert PaperDraft.objects.count() == 4


def test_issued_samples_lack_nothing() -> None:
    kinds = stationery(BUNDLED)

    for sample in samples(BUNDLED):
        faults = checked(kinds.kind(sample.kind), sample.data)
        assert not (sample.issue and faults), (sample.kind, faults)
