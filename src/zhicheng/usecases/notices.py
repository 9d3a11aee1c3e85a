"""通知: who is told what, in the page at once and by mail once a day. Not here: whom an act names (the procedure's table)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.core.validators import validate_email
from django.db import transaction

from zhicheng.base.errors import UnreadableInput
from zhicheng.engine.procedure import ACT_LABELS, Definition, Entry
from zhicheng.store import clock, desks
from zhicheng.store.models import Case, CaseWatch, MailAddress, Notice
from zhicheng.usecases.policy import Person, require
from zhicheng.usecases.standing import account_of, told


def tell(row: Case, accounts: Iterable[int], kind: str, text: str, at: datetime, *, but: int | None = None) -> int:
    """One notice to each account (`but` excepted), in the caller's transaction; returns how many."""
    wanted = sorted(set(accounts) - {but})
    Notice.objects.bulk_create(
        Notice(account=account, case=row, kind=kind, text=text[:300], at=at) for account in wanted
    )
    return len(wanted)


def tell_of_entry(row: Case, definition: Definition, entry: Entry, at: datetime, *, by: int | None) -> None:
    """Tell everybody the entry names, and who watches the case."""
    accounts = {one for _, desk, roles in told(row, definition, entry.notifies) for one in desks.sitting(desk, roles)}
    accounts |= set(CaseWatch.objects.filter(case=row).values_list("account", flat=True))
    tell(row, accounts, "act", f"{row.number} {row.subject}：{entry_words(definition, entry)}", at, but=by)


def entry_words(definition: Definition, entry: Entry) -> str:
    """What an entry says in a line: the act, and where the case stands after it."""
    move = definition.moves.get(entry.name) if entry.act == "move" else None
    what = move.label if move is not None else ACT_LABELS.get(entry.act, "立案")
    return f"{what}，现在{definition.states[entry.to].label}"


def see(person: Person, number: int | None = None) -> int:
    """Mark one notice, or all of one's own, as seen; returns how many."""
    require(person, "work.read")
    mine = Notice.objects.filter(account=account_of(person), seen_at__isnull=True)
    return mine.filter(**({"pk": number} if number is not None else {})).update(seen_at=clock.now())


def set_address(person: Person, address: str) -> None:
    """Where the daily digest goes; empty = no mail. Raises UnreadableInput for what is no address."""
    require(person, "work.read")
    if not address.strip():
        MailAddress.objects.filter(pk=account_of(person)).delete()
        return
    try:
        validate_email(address.strip())
    except ValidationError:
        raise UnreadableInput(f"“{address}”不是邮箱地址", todo="写成例如 wang@example.gov.cn") from None
    MailAddress.objects.update_or_create(pk=account_of(person), defaults={"address": address.strip()})


def send_digest(account: int) -> int:
    """Mail an account everything it has not been mailed, as one letter; returns how many notices.

    A worker that dies between sending and marking sends once more: a letter twice is better than none.
    """
    address = MailAddress.objects.filter(pk=account).values_list("address", flat=True).first()
    waiting = list(Notice.objects.filter(account=account, mailed_at__isnull=True, seen_at__isnull=True).order_by("pk"))
    if address is None or not waiting:
        return 0
    lines = [f"{clock.day_of(row.at)} {row.get_kind_display()}　{row.text}" for row in waiting]
    send_mail(f"知城待办摘要：{len(waiting)} 条", "\n".join(lines), None, [address])
    with transaction.atomic():
        Notice.objects.filter(pk__in=[row.pk for row in waiting]).update(mailed_at=clock.now())
    return len(waiting)


def waiting_for_mail() -> list[int]:
    """Accounts with an address and something not yet mailed or seen."""
    addressed = MailAddress.objects.values_list("pk", flat=True)
    unmailed = Notice.objects.filter(account__in=addressed, mailed_at__isnull=True, seen_at__isnull=True)
    return sorted(set(unmailed.values_list("account", flat=True)))
