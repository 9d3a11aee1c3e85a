"""The `zhicheng` command: exit codes, JSON and error text for all commands. Not here: what a command does."""

from __future__ import annotations

import sys

import click

from zhicheng.base.errors import ZhichengError
from zhicheng.faces.cli.bench import bench
from zhicheng.faces.cli.calendar import calendar
from zhicheng.faces.cli.city import demo, run, serve, tick, work
from zhicheng.faces.cli.keep import audit, backup, restore
from zhicheng.faces.cli.plan import plan
from zhicheng.faces.cli.procedure import procedure

DONE, DONE_WITH_ERRORS, WRONG_USE = 0, 1, 2  # CONTRACT.md


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def root() -> None:
    """知城：方案即程序。每个命令都可加 --json 得到一份 JSON。"""


for command in (plan, calendar, procedure, run, serve, work, tick, demo, backup, restore, audit, bench):
    root.add_command(command)


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
