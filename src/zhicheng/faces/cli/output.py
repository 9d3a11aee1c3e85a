"""How commands print: people's text or one JSON document. Not here: errors (main.py)."""

from __future__ import annotations

import json
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from zhicheng.base.errors import UnreadableInput
from zhicheng.base.money import Money

json_option = click.option("--json", "as_json", is_flag=True, help="打印一份 JSON")


def _plain(value: object) -> str:
    if isinstance(value, Money):
        return value.decimal_yuan
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | Path):
        return str(value)
    raise TypeError(f"no JSON form for {value!r}")


def print_json(document: Any) -> None:
    """One JSON document, UTF-8, keys as they are, dates ISO 8601, money as decimal strings of yuan."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2, default=_plain))


def read_input(name: str) -> tuple[bytes, str]:
    """The bytes and the name of FILE, or of standard input for `-`. Raises UnreadableInput with what to do."""
    if name == "-":
        return sys.stdin.buffer.read(), "-"
    path = Path(name)
    if path.is_dir():
        raise UnreadableInput("这是文件夹，不是文件", where=name, todo="指定一个 txt、html、docx 或 pdf 文件")
    try:
        return path.read_bytes(), path.name
    except FileNotFoundError:
        raise UnreadableInput("没有这个文件", where=name, todo="核对路径") from None
    except OSError as error:
        raise UnreadableInput(f"文件读不出来：{error.strerror}", where=name, todo="核对文件权限") from None
