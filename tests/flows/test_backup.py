"""The drill: back a city up, lose everything, bring it back, and prove that it is the same."""

import hashlib
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.db import connection

from zhicheng.base.errors import Conflict, UnreadableInput
from zhicheng.domain.plan.model import Plan
from zhicheng.store import anchors, archive, ledger
from zhicheng.store.immutable import guard, guarded_tables, unguard
from zhicheng.store.models import Account, Attachment, LedgerEntry, PlanVersion
from zhicheng.store.queries import plans
from zhicheng.usecases import jobs
from zhicheng.usecases.accounts import create_account
from zhicheng.usecases.attachments import add_attachment, open_attachment
from zhicheng.usecases.audit import verify_ledger, write_anchor
from zhicheng.usecases.backup import backup, restore
from zhicheng.usecases.policy import MACHINE
from zhicheng.usecases.training_city import training_city

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def var(settings: LazySettings, tmp_path: Path) -> Path:
    settings.VAR = tmp_path / "var"
    settings.MEDIA_ROOT, settings.ANCHORS = settings.VAR / "attachments", settings.VAR / "anchors"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return settings.VAR


@pytest.fixture
def saved(var: Path, small_plan: Plan, tmp_path: Path) -> Path:
    """A city with a bit of everything, and its backup."""
    training_city(small_plan)
    create_account(MACHINE, username="sheng-pi-zi", name="𠮷野", kind="official")
    add_attachment(MACHINE, [b"%PDF-1.7 minutes"], "纪要.pdf", public=True)
    jobs.relay({"plan.adopted": ["check"]})
    write_anchor(MACHINE)
    folder = tmp_path / "somewhere"
    folder.mkdir()
    (folder / "plan.yaml").write_text("key: somewhere")
    backup(MACHINE, tmp_path / "city.zip", plan=folder)
    return tmp_path / "city.zip"


def _everything() -> dict[str, list[dict[str, object]]]:
    return {m.__name__: list(m._default_manager.order_by("pk").values()) for m in archive.kept_models()}


def _lose_everything(var: Path) -> None:
    unguard(connection, guarded_tables())
    call_command("flush", verbosity=0, interactive=False)
    guard(connection, guarded_tables())
    shutil.rmtree(var)


def test_city_comes_back_the_same_after_losing_everything(saved: Path, var: Path, small_plan: Plan) -> None:
    before = _everything()
    _lose_everything(var)
    assert not PlanVersion.objects.exists()

    verdict = restore(MACHINE, saved)

    after = _everything()
    last = after["LedgerEntry"].pop()
    assert after == before
    assert last["act"] == "city.restore"
    assert (verdict.ok, verdict.entries) == (True, len(before["LedgerEntry"]) + 1)
    assert verdict.anchored_through == len(before["LedgerEntry"]) - 1  # the backup's own entry came after the anchor
    assert verify_ledger(MACHINE) == verdict
    assert plans.plan_of(plans.current()) == small_plan
    assert open_attachment(MACHINE, Attachment.objects.get().sha256)[1].read_bytes() == b"%PDF-1.7 minutes"
    assert (var / "plans" / "somewhere" / "plan.yaml").read_text() == "key: somewhere"
    assert Account.objects.get(username="sheng-pi-zi").name == "𠮷野"


def test_restored_city_goes_on_working(saved: Path, var: Path) -> None:
    _lose_everything(var)
    restore(MACHINE, saved)

    account, _ = create_account(MACHINE, username="new", name="新人")
    assert jobs.enqueue("check", "another", {})
    assert account.pk > Account.objects.get(username="sheng-pi-zi").pk
    assert verify_ledger(MACHINE).ok


def test_restore_never_touches_a_city_that_is_there(saved: Path) -> None:
    with pytest.raises(Conflict, match="已有一座城市"):
        restore(MACHINE, saved)


def _rewrite(archive_file: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    with zipfile.ZipFile(archive_file) as old:
        entries = {name: old.read(name) for name in old.namelist()}
    change(entries)
    with zipfile.ZipFile(archive_file, "w") as new:
        for name, content in entries.items():
            new.writestr(name, content)


def _edit_row(entries: dict[str, bytes]) -> None:
    entries["rows.jsonl"] = entries["rows.jsonl"].replace(b"sheng-pi-zi", b"sheng-pi-zy")


def _drop_attachment(entries: dict[str, bytes]) -> None:
    del entries[next(name for name in entries if name.startswith("attachments/"))]


def _add_file(entries: dict[str, bytes]) -> None:
    entries["plan/somewhere/extra.yaml"] = b"x"


def _other_version(entries: dict[str, bytes]) -> None:
    manifest = json.loads(entries["manifest.json"]) | {"schema": "9999_future"}
    entries["manifest.json"] = json.dumps(manifest).encode()


def _climb_out(entries: dict[str, bytes]) -> None:
    manifest = json.loads(entries["manifest.json"])
    entries["plan/../../evil"] = b""
    manifest["entries"]["plan/../../evil"] = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    entries["manifest.json"] = json.dumps(manifest).encode()


def _forge_manifest(entries: dict[str, bytes]) -> None:
    """Make the manifest agree with whatever the archive now holds, as a careful forger would."""
    held = {name: hashlib.sha256(content).hexdigest() for name, content in entries.items() if name != "manifest.json"}
    manifest = json.loads(entries["manifest.json"]) | {"entries": held}
    entries["manifest.json"] = json.dumps(manifest).encode()


def _forge_ledger(entries: dict[str, bytes]) -> None:
    entries["rows.jsonl"] = entries["rows.jsonl"].replace(b"account.create", b"account.forged", 1)
    _forge_manifest(entries)


def _forge_attachment(entries: dict[str, bytes]) -> None:
    entries[next(name for name in entries if name.startswith("attachments/"))] = b"%PDF-1.7 forged"
    _forge_manifest(entries)


def _forge_absence(entries: dict[str, bytes]) -> None:
    _drop_attachment(entries)
    _forge_manifest(entries)


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (_edit_row, "已损坏"), (_drop_attachment, "已损坏"), (_add_file, "已损坏"), (_climb_out, "已损坏"),
        (_other_version, "另一版本"), (_forge_ledger, "不可信"), (_forge_attachment, "已损坏"), (_forge_absence, "缺少附件"),
    ],
)  # fmt: skip
def test_damaged_archive_is_refused_and_nothing_written(
    saved: Path, var: Path, damage: Callable[[dict[str, bytes]], None], message: str
) -> None:
    _rewrite(saved, damage)
    _lose_everything(var)

    with pytest.raises(UnreadableInput, match=message):
        restore(MACHINE, saved)
    assert not any(_everything().values())
    assert not (var / "anchors").exists()


@pytest.mark.parametrize("cut", [0, 100, -200, -1])
def test_archive_cut_short_is_refused(saved: Path, var: Path, cut: int) -> None:
    saved.write_bytes(saved.read_bytes()[:cut])
    _lose_everything(var)

    with pytest.raises(UnreadableInput, match="已损坏"):
        restore(MACHINE, saved)
    assert not any(_everything().values())


def test_missing_archive_is_named(var: Path, tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="没有这个备份档案"):
        restore(MACHINE, tmp_path / "none.zip")


def test_backup_stops_at_an_attachment_that_was_changed(saved: Path, tmp_path: Path) -> None:
    file = open_attachment(MACHINE, Attachment.objects.get().sha256)[1]
    file.write_bytes(b"%PDF-1.7 forged!")

    with pytest.raises(UnreadableInput, match="附件的内容已被改动"):
        backup(MACHINE, tmp_path / "second.zip")
    assert [path.name for path in tmp_path.glob("*second*")] == []
    assert list(tmp_path.glob(".backup-*")) == []


def test_newer_anchors_of_the_machine_survive_an_older_backup(saved: Path, var: Path) -> None:
    """Going back to an older backup loses entries; the anchors that prove it are kept beside the restored ones."""
    with ledger.writing():
        ledger.append(None, "plan.adopt", "plan:later")
    anchors.anchor_file().write_text(
        anchors.anchor_file().read_text() + f"2099-01-01 {LedgerEntry.objects.count()} sha256:0\n"
    )
    newer = anchors.anchor_file().read_text()
    _lose_everything(var / "attachments")

    restore(MACHINE, saved)

    kept = [p for p in (var / "anchors").iterdir() if p.name.startswith("anchors-before-restore-")]
    assert [p.read_text() for p in kept] == [newer]
    assert not verify_ledger(MACHINE, kept[0]).ok
