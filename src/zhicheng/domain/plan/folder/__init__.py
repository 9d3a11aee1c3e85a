"""方案目录: plans/<city-years>/ as data and back. Not here: the shape of the files (schema.py), places of quotes (places.py).

load reads a folder, dump writes one; draft_plan makes a plan of a compiled text, write_draft puts it into a folder
without touching what a person confirmed.
"""

from zhicheng.domain.plan.folder.draft import draft_plan
from zhicheng.domain.plan.folder.loading import load
from zhicheng.domain.plan.folder.merge import Difference, differences, write_draft
from zhicheng.domain.plan.folder.writing import dump

__all__ = ["Difference", "differences", "draft_plan", "dump", "load", "write_draft"]
