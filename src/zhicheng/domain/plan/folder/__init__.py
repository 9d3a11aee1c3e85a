"""方案目录: plans/<city-years>/ as data and back. Not here: the shape of the files (schema.py), places of quotes (places.py)."""

from zhicheng.domain.plan.folder.dump import dump
from zhicheng.domain.plan.folder.load import load

__all__ = ["dump", "load"]
