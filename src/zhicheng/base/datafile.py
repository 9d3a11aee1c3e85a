"""数据文件: YAML read strictly, as officials write it. Not here: what any file means.

Stricter than plain YAML: a key given twice is refused, and only true/false are truth values (on, no, yes stay words).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from zhicheng.base.errors import Missing, UnreadableInput


class _Strict(yaml.SafeLoader):
    pass


_Strict.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Strict.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


def _mapping(loader: _Strict, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[Any] = set()
    for key_node, _ in node.value:
        key = loader.construct_object(key_node)
        if key in seen:
            raise yaml.constructor.ConstructorError(None, None, f"“{key}”写了两次", key_node.start_mark)
        seen.add(key)
    return dict(loader.construct_mapping(node, deep=True))


_Strict.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def parse(text: str, where: str) -> Any:
    """The values of a YAML text; raises UnreadableInput naming file and line."""
    try:
        return yaml.load(text, Loader=_Strict)  # noqa: S506  a SafeLoader, made stricter
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark
        line = f"第{mark.line + 1}行" if mark else ""
        said = fault.problem or ""
        what = said if "写了两次" in said else f"不是合格的 YAML：{said}"
        raise UnreadableInput(what, where=f"{where} {line}".strip(), todo="对照相邻条目改正缩进、冒号和引号") from None
    except yaml.YAMLError as fault:
        raise UnreadableInput(f"不是合格的 YAML：{fault}", where=where, todo="检查文件中的特殊字符") from None


def read_text(path: Path) -> str:
    """The characters of a UTF-8 file as they are (no newline is mended); raises Missing or UnreadableInput."""
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise Missing("文件不存在", where=str(path), todo="核对方案目录") from None
    except UnicodeDecodeError:
        raise UnreadableInput("文件不是 UTF-8 编码", where=str(path), todo="另存为 UTF-8 后重试") from None


def read(path: Path) -> Any:
    """The values of a YAML file; raises Missing or UnreadableInput."""
    return parse(read_text(path), path.name)
