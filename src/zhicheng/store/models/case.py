"""Cases as rows: what stands where, who has it, until when; what happened. Not here: what may be done (engine/procedure).

A desk (席) is one string: `unit:KEY`, `account:NUMBER`, or `party` for somebody without an account.
"""

from __future__ import annotations

from datetime import date

from django.db import models

from zhicheng.store.immutable import Immutable

NEVER = date(9999, 12, 31)
"""Stands for no date in columns that lists are ordered by: an index knows no order of empty values that all databases share."""


class CaseProcedure(Immutable):
    """One version of a procedure that cases run on. content: Definition.to_json(); version: its hash."""

    version = models.CharField("版本", max_length=64, primary_key=True)
    key = models.CharField("程序", max_length=60, db_index=True)
    place = models.CharField("层级", max_length=60)
    name = models.CharField("名称", max_length=100)
    content = models.TextField("内容")
    kept_at = models.DateTimeField("入库时间")

    def __str__(self) -> str:
        return f"{self.name} {self.version[:8]}"


class Case(models.Model):
    """案件. snapshot: the engine's case as JSON without its trail (those are CaseEntry rows). revision: number of the last entry.

    number: the receipt number people quote; series: its letters. opened_by: account, None where a person without account filed it.
    holder: the desk that has it now. next_due: soonest last day of a running limit; look_on: the first day on which time
    alone changes something (a warning, an overdue, a minimum served). provisional: a date rests on a year not yet announced.
    """

    number = models.CharField("编号", max_length=30, unique=True)
    kind = models.CharField("程序", max_length=60)
    series = models.CharField("字头", max_length=4)
    year = models.PositiveSmallIntegerField("年")
    serial = models.PositiveIntegerField("序号")
    procedure = models.ForeignKey(CaseProcedure, models.PROTECT, related_name="cases", verbose_name="程序版本")
    subject = models.CharField("事由", max_length=200)
    unit_key = models.CharField("承办单位", max_length=60)
    opened_on = models.DateField("立案日")
    opened_by = models.PositiveBigIntegerField("账号", null=True)
    node = models.CharField("步骤", max_length=60)
    state_kind = models.CharField("性质", max_length=12)
    suspended = models.BooleanField("中止中", default=False)
    holder = models.CharField("在谁手里", max_length=80, blank=True)
    holder_role = models.CharField("经办角色", max_length=60, blank=True)
    next_due = models.DateField("最近届满", default=NEVER)
    look_on = models.DateField("下次查看", default=NEVER)
    provisional = models.BooleanField("暂定", default=False)
    closed_on = models.DateField("办结日", null=True, blank=True)
    revision = models.PositiveIntegerField("已办次数", default=0)
    snapshot = models.TextField("现状")
    changed_at = models.DateTimeField("最近办理")
    demonstration = models.BooleanField("示范数据", default=False)

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["series", "year", "serial"], name="one_number_once")]
        indexes = [
            models.Index(fields=["look_on", "id"], condition=models.Q(closed_on__isnull=True), name="case_to_look_at"),
            models.Index(fields=["next_due"], condition=models.Q(closed_on__isnull=True), name="case_next_due"),
            models.Index(fields=["unit_key", "-id"], name="case_of_unit"),
        ]

    def __str__(self) -> str:
        return self.number


class CaseSeat(models.Model):
    """席位: who sits in one role of one case; gives sight of the case and, by the table of the procedure, acts in it."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="seats", verbose_name="案件")
    role = models.CharField("角色", max_length=60)
    desk = models.CharField("席", max_length=80)
    accounts = models.CharField("限账号角色", max_length=200, blank=True)

    class Meta:
        ordering = ["case", "role"]
        constraints = [models.UniqueConstraint(fields=["case", "role"], name="one_seat_a_role")]
        indexes = [models.Index(fields=["desk", "case"], name="seat_of_desk")]

    def __str__(self) -> str:
        return f"{self.role}={self.desk}"


class CaseParty(models.Model):
    """当事人 with the means to reach them: personal data, apart from the case and from the ledger, deletable.

    protected: who it is stays with the handling unit. phone_hash finds a case by its phone without showing one.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="parties", verbose_name="案件")
    role = models.CharField("角色", max_length=60)
    name = models.CharField("姓名或名称", max_length=100)
    phone = models.CharField("电话", max_length=40, blank=True)
    address = models.CharField("地址", max_length=200, blank=True)
    account = models.PositiveBigIntegerField("账号", null=True)
    protected = models.BooleanField("身份保密", default=False)

    class Meta:
        ordering = ["case", "pk"]

    def __str__(self) -> str:
        return self.role


class CaseWork(models.Model):
    """待办 as a row: one item of one case, and at whose desk it lies. Rewritten with the case; closed items are deleted.

    accounts: account roles that may do it, `|office|reviewer|`; empty = everyone at the desk. waiting: the desk that waits for it.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="work", verbose_name="案件")
    item = models.PositiveIntegerField("编号")
    kind = models.CharField("种类", max_length=12)
    node = models.CharField("步骤", max_length=60)
    role = models.CharField("角色", max_length=60, blank=True)
    desk = models.CharField("席", max_length=80)
    accounts = models.CharField("限账号角色", max_length=200, blank=True)
    delegate = models.CharField("受托席", max_length=80, blank=True)
    delegate_until = models.DateField("委托至", null=True)
    waiting = models.CharField("谁在等", max_length=80, blank=True)
    opened_on = models.DateField("起")
    due = models.DateField("届满", default=NEVER)
    urged = models.PositiveSmallIntegerField("催办次数", default=0)

    class Meta:
        ordering = ["due", "case"]
        constraints = [models.UniqueConstraint(fields=["case", "item"], name="one_item_once")]
        indexes = [
            models.Index(fields=["desk", "due", "case"], name="work_at_desk"),
            models.Index(fields=["waiting", "due", "case"], name="work_waited_for"),
            # whole, not only of rows that have a delegate: a database cannot know that a value asked for is not empty
            models.Index(fields=["delegate", "due", "case"], name="work_delegated"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.item}"


class CaseEntry(Immutable):
    """经过: one act on a case. content: the engine's entry as JSON; account: who, None for a person without one or the machine."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="entries", verbose_name="案件")
    n = models.PositiveIntegerField("序号")
    at = models.DateTimeField("时间")
    account = models.PositiveBigIntegerField("账号", null=True)
    act = models.CharField("办理", max_length=20)
    name = models.CharField("名称", max_length=80, blank=True)
    visibility = models.CharField("谁可看", max_length=10)
    content = models.TextField("内容")

    class Meta:
        ordering = ["case", "n"]
        constraints = [models.UniqueConstraint(fields=["case", "n"], name="one_entry_a_number")]

    def __str__(self) -> str:
        return f"{self.case_id}#{self.n}"


class CaseFact(Immutable):
    """案件事实 as recorded: value, who said so, on which day, by which entry. The newest of a name counts; none is overwritten."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="facts", verbose_name="案件")
    name = models.CharField("事实", max_length=60)
    value = models.JSONField("值")
    source = models.CharField("来源", max_length=300)
    day = models.DateField("登记日")
    entry = models.PositiveIntegerField("经过序号")

    class Meta:
        ordering = ["case", "entry", "name"]

    def __str__(self) -> str:
        return self.name


class CaseWatch(models.Model):
    """关注: an account that wants to see what becomes of a case it may see."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="watches", verbose_name="案件")
    account = models.PositiveBigIntegerField("账号")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "case"], name="watched_once")]

    def __str__(self) -> str:
        return f"{self.account}/{self.case_id}"


class CaseAlarm(models.Model):
    """到期提醒: what time alone brought about, once: a warning, an overdue, a minimum served. about: clock or `item:N`, and its due day."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="alarms", verbose_name="案件")
    about = models.CharField("期限", max_length=80)
    kind = models.CharField("种类", max_length=10)
    due = models.DateField("届满")
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["case", "about", "kind", "due"], name="one_alarm_once")]

    def __str__(self) -> str:
        return f"{self.about} {self.kind}"


class Notice(models.Model):
    """通知 to one account about one case. mailed_at: part of a digest."""

    KINDS = [("act", "办理"), ("warning", "临期"), ("overdue", "超期"), ("complete", "届满"), ("moved", "期限改动")]

    account = models.PositiveBigIntegerField("账号")
    case = models.ForeignKey(Case, models.CASCADE, related_name="notices", verbose_name="案件")
    kind = models.CharField("种类", max_length=10, choices=KINDS)
    text = models.CharField("内容", max_length=300)
    at = models.DateTimeField("时间")
    seen_at = models.DateTimeField("已看", null=True, blank=True)
    mailed_at = models.DateTimeField("已发邮件", null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["account", "-id"], name="notice_of_account"),
            models.Index(fields=["account"], condition=models.Q(seen_at__isnull=True), name="notice_unseen"),
            models.Index(fields=["account"], condition=models.Q(mailed_at__isnull=True), name="notice_unmailed"),
        ]

    def __str__(self) -> str:
        return self.text


class MailAddress(models.Model):
    """邮件摘要: where an account wants its daily digest; no row = no mail."""

    account = models.PositiveBigIntegerField("账号", primary_key=True)
    address = models.EmailField("邮箱")

    def __str__(self) -> str:
        return str(self.account)


class Intake(models.Model):
    """受理单位: the unit that receives what the public files under a procedure; set by the office, one a procedure."""

    procedure = models.CharField("程序", max_length=60, primary_key=True)
    unit_key = models.CharField("单位", max_length=60)

    def __str__(self) -> str:
        return f"{self.procedure}={self.unit_key}"


class DaysOff(Immutable):
    """放假通知: one announcement loaded after the product was made. content: {year, source, rest, work} as in its file."""

    year = models.PositiveSmallIntegerField("年")
    source = models.CharField("来源", max_length=300)
    content = models.JSONField("内容")
    at = models.DateTimeField("载入时间")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.source


class PartyCode(models.Model):
    """验证码 by which somebody without account shows that a case is theirs; only its hash, a short life, few tries. Real time."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="codes", verbose_name="案件")
    role = models.CharField("角色", max_length=60)
    code_hash = models.CharField("哈希", max_length=64)
    expires_at = models.DateTimeField("有效至")
    tries = models.PositiveSmallIntegerField("已试", default=0)
    used_at = models.DateTimeField("已用", null=True, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.role}"


class RateCount(models.Model):
    """频次: how often one address of the network did one thing in one window. who: a keyed hash, never the address itself."""

    who = models.CharField("来源", max_length=64)
    what = models.CharField("事项", max_length=30)
    window = models.DateTimeField("时段")
    count = models.PositiveIntegerField("次数", default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["who", "what", "window"], name="one_count_a_window")]

    def __str__(self) -> str:
        return self.what
