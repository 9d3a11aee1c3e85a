"""A machine says at start which fonts papers are printed in, and plainly when it has none."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SCRIPT = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "zhicheng.faces.settings"
import django; django.setup()
from zhicheng.faces.cli.city import say_fonts
say_fonts()
"""
NO_FONTS = '<?xml version="1.0"?><fontconfig><dir>/nonexistent</dir></fontconfig>'


def _start(tmp_path: Path, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "ZHICHENG_VAR": str(tmp_path / "var"), **more}
    return subprocess.run([sys.executable, "-c", SCRIPT], env=environment, capture_output=True, text=True, check=True)


def test_machine_without_chinese_fonts_is_told_so_at_start(tmp_path: Path) -> None:
    config = tmp_path / "fonts.conf"
    config.write_text(NO_FONTS)

    said = _start(tmp_path, FONTCONFIG_FILE=str(config))

    assert said.stdout == ""
    assert "注意：本机没有中文字体，公文和文书印不出来。请安装中文字体：" in said.stderr
    assert "apt-get install fonts-noto-cjk" in said.stderr


def test_machine_says_one_line_about_its_fonts(tmp_path: Path) -> None:
    said = _start(tmp_path)

    assert ("公文字体：" in said.stdout) != ("本机没有中文字体" in said.stderr)
