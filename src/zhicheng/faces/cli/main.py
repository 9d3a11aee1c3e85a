"""The `zhicheng` command: exit codes, JSON and error text for all commands. Not here: what a command does."""

from __future__ import annotations

import sys

import click

from zhicheng.base.errors import ZhichengError

DONE, DONE_WITH_ERRORS, WRONG_USE = 0, 1, 2  # CONTRACT.md
DISK = "核对路径、权限和磁盘剩余空间"
DATABASE = "核对 --db 或 ZHICHENG_DB 的地址，确认数据库已启动、磁盘未满"


NAMES = (
    "plan",
    "calendar",
    "procedure",
    "run",
    "serve",
    "work",
    "tick",
    "demo",
    "backup",
    "restore",
    "audit",
    "accounts",
    "bench",
)


def _command(name: str) -> click.Command:
    """One command, imported only when it is asked for: counting days need not load the compiler."""
    match name:
        case "plan":
            from zhicheng.faces.cli.plan import plan as found
        case "calendar":
            from zhicheng.faces.cli.calendar import calendar as found
        case "procedure":
            from zhicheng.faces.cli.procedure import procedure as found
        case "bench":
            from zhicheng.faces.cli.bench import bench as found
        case "backup" | "restore" | "audit" | "accounts":
            from zhicheng.faces.cli import keep

            return {"backup": keep.backup, "restore": keep.restore, "audit": keep.audit, "accounts": keep.accounts}[
                name
            ]
        case _:
            from zhicheng.faces.cli import city

            cities = {"run": city.run, "serve": city.serve, "work": city.work, "tick": city.tick, "demo": city.demo}
            return cities[name]
    return found


class _OnDemand(click.Group):
    """A group whose commands are known by name and loaded one at a time."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(NAMES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return _command(cmd_name) if cmd_name in NAMES else None


@click.group(cls=_OnDemand, context_settings={"help_option_names": ["-h", "--help"]})
def root() -> None:
    """知城：方案即程序。每个命令都可加 --json 得到一份 JSON。"""


def said(error: Exception) -> ZhichengError | None:
    """A failure that a person can mend, in words: a wrong call, the disk, the database. None for a fault of the program."""
    if isinstance(error, ZhichengError):
        return error
    if isinstance(error, click.UsageError):
        return _wrong_call(error)
    if isinstance(error, OSError):
        return ZhichengError(f"读写不成：{error.strerror or error}", where=str(error.filename or ""), todo=DISK)
    from django.core.exceptions import ImproperlyConfigured  # most commands never load the database
    from django.db import DatabaseError

    if isinstance(error, DatabaseError | ImproperlyConfigured):
        return ZhichengError(f"数据库用不了：{str(error).strip()}", todo=DATABASE)
    return None


def _wrong_call(error: click.UsageError) -> ZhichengError:
    """What, at which command, and the command's own help as the way out."""
    command = error.ctx.command_path if error.ctx else "zhicheng"
    if isinstance(error, click.NoSuchOption):
        what = f"没有选项“{error.option_name}”"
    elif isinstance(error, click.MissingParameter):
        what = f"缺少{_parameter(error)}"
    elif isinstance(error, click.BadParameter):
        what = f"{_parameter(error)}的值读不懂：{error.message}"
    elif isinstance(error, click.exceptions.NoSuchCommand):
        what = f"没有命令“{error.command_name}”"
    else:
        what = f"用法不对：{error.message}"
    return ZhichengError(what, where=command, todo=f"看 {command} --help")


def _parameter(error: click.BadParameter) -> str:
    if isinstance(error.param, click.Argument):
        return f"“{error.param.human_readable_name}”"
    return f"“{'、'.join(error.param.opts) if error.param else error.param_hint or ''}”"


def main(arguments: list[str] | None = None) -> None:
    """Entry point. Errors meant for people go to stderr as what, where, what to do, and end with 2."""
    try:
        outcome = root.main(args=arguments, prog_name="zhicheng", standalone_mode=False)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except Exception as error:
        words = said(error)
        if words is None:
            raise
        click.echo(words, err=True)
        sys.exit(WRONG_USE)
    sys.exit(outcome if isinstance(outcome, int) else DONE)
