"""Vendored files are what the manifest says, and no page leaves the site or carries anything inline."""

import hashlib
import json
import re
from pathlib import Path

import pytest
from django.templatetags.static import static

ROOT = Path(__file__).resolve().parents[3]
WEB = ROOT / "src/zhicheng/faces/web"
MANIFEST = json.loads((WEB / "static/vendor/manifest.json").read_text())
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
OWN = sorted(path for path in (WEB / "static").rglob("*") if path.is_file() and path.parent.name != "vendor")


@pytest.mark.parametrize("entry", MANIFEST, ids=lambda entry: entry["name"])
def test_vendored_file_is_the_one_of_the_manifest(entry):
    content = (ROOT / entry["path"]).read_bytes()
    assert hashlib.sha256(content).hexdigest() == entry["sha256"]
    assert entry["version"] in entry["path"]
    assert entry["licence"]


def test_every_vendored_file_is_in_the_manifest():
    present = {
        str(path.relative_to(ROOT))
        for folder in (WEB / "static/vendor", ROOT / "tests/vendor")
        for path in folder.iterdir()
        if path.name != "manifest.json"
    }
    assert present == {entry["path"] for entry in MANIFEST}


@pytest.mark.parametrize("path", TEMPLATES + OWN, ids=lambda path: path.name)
def test_no_page_refers_to_another_site(path):
    text = path.read_text().replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert re.findall(r"""(?:https?:)?//[\w.-]+\.\w+|@import""", text) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_template_carries_no_inline_style_or_script(path):
    text = re.sub(r"{% comment %}.*?{% endcomment %}", "", path.read_text(), flags=re.S)
    assert re.findall(r"""\sstyle=|<style|\son\w+=|javascript:|<script(?![^>]*\ssrc=)""", text) == []


def test_chinese_messages_use_full_width_signs():
    faults = []
    for path in TEMPLATES:
        for message in re.findall(
            r"""{% trans ["'](.+?)["']|{% blocktrans.*?%}(.+?){% endblocktrans""", path.read_text(), flags=re.S
        ):
            text = re.sub(r"{{.*?}}|{%.*?%}", "", "".join(message))
            if re.search(r"[\u4e00-\u9fff][,:;?!()]|[,;?!()][\u4e00-\u9fff]", text):
                faults.append(f"{path.name}: {text}")
    assert faults == []


def test_address_of_a_file_carries_a_mark_of_its_content():
    content = (WEB / "static/house/house.css").read_bytes()
    assert static("house/house.css") == f"/static/house/house.css?v={hashlib.sha256(content).hexdigest()[:12]}"
