"""The interface is complete in English: nothing untranslated, stale or uncompiled."""

import importlib.util
from pathlib import Path

TOOL = Path(__file__).resolve().parents[3] / "tools/messages.py"
spec = importlib.util.spec_from_file_location("messages", TOOL)
messages = importlib.util.module_from_spec(spec)
spec.loader.exec_module(messages)


def test_english_is_complete_and_compiled():
    assert messages.main(["--check"]) == 0


def test_template_message_without_english_is_reported():
    assert list(messages.of_template('{% load i18n %}{% trans "新词" %}')) == [("新词", None)]


def test_template_plural_and_variables_are_read_as_one_message():
    text = "{% load i18n %}{% blocktrans count n=x %}一 {{ n }}{% plural %}多 {{ n }}{% endblocktrans %}"
    assert list(messages.of_template(text)) == [(("一 %(n)s", "多 %(n)s"), None)]


def test_lost_placeholder_is_a_fault():
    catalog = messages.Catalog(locale="en")
    catalog.add("第 %(n)s 页", "Page")
    assert messages.faults(catalog) == ["占位不符：第 %(n)s 页 → Page"]
