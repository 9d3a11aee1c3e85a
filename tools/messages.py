"""Keep the English of the interface complete: python tools/messages.py [--check]

Collects every Chinese message of templates and code, brings locale/en/LC_MESSAGES/django.po up to date (new ones empty,
stale ones removed), compiles django.mo, and lists what is still untranslated. --check changes nothing and exits 1 if
anything is missing, stale or not compiled. After a merge conflict: keep both sides' entries in django.po and run this.
"""

from __future__ import annotations

import ast
import io
import re
import sys
import tokenize
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCES = [ROOT / "src/zhicheng/faces", ROOT / "src/zhicheng/usecases", ROOT / "src/zhicheng/store"]
PO = ROOT / "src/zhicheng/faces/web/locale/en/LC_MESSAGES/django.po"
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
}
HEADER = "# English of the interface. Chinese is the msgid; city texts are never translated. Kept by tools/messages.py."

Message = tuple[str | tuple[str, str], str | None]  # msgid or (singular, plural), context


def of_template(text: str) -> Iterator[Message]:
    """Messages of one template: Django turns it into calls, which are read one by one."""
    code = templatize(text)
    for match in re.finditer(r"(?<![\w.])(_|gettext|ngettext|pgettext)\(", code):
        arguments = _strings(code[match.end() :])
        if match.group(1) == "ngettext":
            yield (arguments[0], arguments[1]), None
        elif match.group(1) == "pgettext":
            yield arguments[1], arguments[0]
        elif arguments:
            yield arguments[0], None


def _strings(code: str) -> list[str]:
    """The string arguments up to the closing bracket of a call."""
    found = []
    for token in tokenize.generate_tokens(io.StringIO(code).readline):
        if token.string == ")":
            break
        if token.type == tokenize.STRING:
            found.append(ast.literal_eval(token.string))
    return found


def of_python(path: Path) -> Iterator[Message]:
    """Messages of one Python file."""
    with path.open("rb") as file:
        for _line, message, _comments, context in extract("python", file, keywords=KEYWORDS):
            if message:
                yield message if isinstance(message, str) else (message[0], message[1]), context


def collect() -> Catalog:
    """Every message of the sources, untranslated."""
    catalog = Catalog(fuzzy=False)
    for source in SOURCES:
        for path in sorted(source.rglob("*.html")):
            for message, context in of_template(path.read_text()):
                catalog.add(message, context=context)
        for path in sorted(source.rglob("*.py")):
            for message, context in of_python(path):
                catalog.add(message, context=context)
    return catalog


def merged() -> Catalog:
    """What is used today with the translations we have; a message no longer used is gone."""
    with PO.open("rb") as file:
        known = read_po(file, locale="en")
    result = Catalog(locale="en", header_comment=HEADER, project="zhicheng", charset="utf-8", fuzzy=False)
    for message in collect():
        if not message.id:
            continue
        old = known.get(message.id, message.context)
        result.add(message.id, old.string if old else "", context=message.context)
    return result


def written(catalog: Catalog) -> bytes:
    out = io.BytesIO()
    write_po(out, catalog, width=0, sort_output=True, omit_header=False, no_location=True)
    # The dates of the header say nothing and would make every run a change.
    return re.sub(
        rb'"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By|Report-Msgid-Bugs-To)[^\n]*\n',
        b"",
        out.getvalue(),
    )


def compiled(catalog: Catalog) -> bytes:
    """The .mo of what `written` says; read back first, so that the same messages give the same bytes."""
    with io.BytesIO(written(catalog)) as stable:
        clean = read_po(stable, locale="en")
    clean.creation_date = clean.revision_date = datetime(2022, 1, 1, tzinfo=UTC)
    out = io.BytesIO()
    write_mo(out, clean)
    return out.getvalue()


def faults(catalog: Catalog) -> list[str]:
    """Messages without English, and English that lost or added a placeholder."""
    found = []
    for message in catalog:
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        if not all(strings):
            found.append(f"未译：{ids[0]}")
        elif any(_placeholders(one) != _placeholders(ids[0]) for one in strings):
            found.append(f"占位不符：{ids[0]} → {strings[0]}")
    return found


def _placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)s|%[sd]|\{\w*\}", text))


def main(arguments: list[str]) -> int:
    catalog = merged()
    problems = faults(catalog)
    if "--check" in arguments:
        if PO.read_bytes() != written(catalog):
            problems.append("django.po 不是最新：请运行 python tools/messages.py")
        mo = PO.with_suffix(".mo")
        if not mo.exists() or mo.read_bytes() != compiled(catalog):
            problems.append("django.mo 不是最新：请运行 python tools/messages.py")
    else:
        PO.write_bytes(written(catalog))
        PO.with_suffix(".mo").write_bytes(compiled(catalog))
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
