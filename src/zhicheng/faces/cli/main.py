"""The `zhicheng` command: exit codes, JSON and error text for all commands. Not here: what a command does."""

from __future__ import annotations

import sys

import click

from zhicheng.base.errors import ZhichengError

DONE, DONE_WITH_ERRORS, WRONG_USE = 0, 1, 2  # CONTRACT.md


NAMES = ("plan", "calendar", "procedure", "run", "serve", "work", "tick", "demo", "backup", "restore", "audit", "bench")


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
        case "backup" | "restore" | "audit":
            from zhicheng.faces.cli import keep

            return {"backup": keep.backup, "restore": keep.restore, "audit": keep.audit}[name]
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


def main(arguments: list[str] | None = None) -> None:
    """Entry point. Errors meant for people go to stderr as what, where, what to do, and end with 2."""
    try:
        outcome = root.main(args=arguments, prog_name="zhicheng", standalone_mode=False)
    except ZhichengError as error:
        click.echo(str(error), err=True)
        sys.exit(WRONG_USE)
    except click.ClickException as error:
        error.show()
        sys.exit(WRONG_USE)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    sys.exit(outcome if isinstance(outcome, int) else DONE)
