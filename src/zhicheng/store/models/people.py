"""People of the city: accounts, their roles, their sessions. Not here: who may do what (usecases/policy)."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models


class Accounts(BaseUserManager["Account"]):
    """Finds accounts by user name. They are made by a use case, never here."""


class Account(AbstractBaseUser):
    """账号: one person's sign-in. unit_key names a unit of the plan in force; keys outlive versions, rows do not."""

    KINDS = [("official", "公职人员"), ("enterprise", "企业"), ("agency", "服务机构")]

    username = models.CharField("用户名", max_length=60, unique=True)
    name = models.CharField("姓名", max_length=60)
    kind = models.CharField("类别", max_length=12, choices=KINDS, default="official")
    unit_key = models.CharField("单位", max_length=60, blank=True)
    is_active = models.BooleanField("在用", default=True)
    must_change_password = models.BooleanField("须改口令", default=True)
    failed_attempts = models.PositiveIntegerField("连续错误次数", default=0)
    locked_until = models.DateTimeField("锁定至", null=True, blank=True)
    created_at = models.DateTimeField("建立时间")

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]
    objects = Accounts()

    class Meta:
        ordering = ["username"]

    @property
    def role_names(self) -> frozenset[str]:
        return frozenset(row.role for row in self.roles.all())

    def __str__(self) -> str:
        return f"{self.name}（{self.username}）"


class AccountRole(models.Model):
    """角色: one role of one account."""

    ROLES = [
        ("office", "领导小组办公室"),
        ("unit_officer", "责任单位经办"),
        ("district", "区市"),
        ("finance", "财政"),
        ("reviewer", "审查人"),
        ("expert", "专家"),
        ("auditor", "审计"),
        ("system_admin", "系统管理员"),
        ("security_admin", "安全管理员"),
        ("audit_admin", "审计管理员"),
        ("enterprise", "企业"),
        ("agency", "服务机构"),
    ]

    account = models.ForeignKey(Account, models.CASCADE, related_name="roles", verbose_name="账号")
    role = models.CharField("角色", max_length=20, choices=ROLES)

    class Meta:
        ordering = ["account", "role"]
        constraints = [models.UniqueConstraint(fields=["account", "role"], name="one_role_once")]

    def __str__(self) -> str:
        return self.get_role_display()


class Session(AbstractBaseSession):
    """One signed-in browser. account and started_at let sessions be counted, aged and ended by account."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="sessions", null=True, verbose_name="账号")
    started_at = models.DateTimeField("开始")
    seen_at = models.DateTimeField("最近活动")

    @classmethod
    def get_session_store_class(cls) -> Any:
        from zhicheng.store.sessions import SessionStore  # the store of rows needs this table first

        return SessionStore
