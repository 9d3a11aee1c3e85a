"""程序: procedures as tables of data, and the cases that run on them. Not here: any word of intellectual property, any table.

The usual calls:
    definition = procedure.pick(procedure.shipped(), "major-decision", day, ("cn-shandong", "cn"))
    rules = procedure.Rules(definition, calendar.national())
    case = procedure.open_case(rules, "2022-001", actor, day)
    case = procedure.perform(rules, case, actor, procedure.Act("move", "start"), day)
    procedure.lint(definition); procedure.draw(definition, case); procedure.simulate(definition, walk, calendar)
"""

from zhicheng.engine.procedure.act import Act
from zhicheng.engine.procedure.case import (
    DISPOSITIONS,
    OPINIONS,
    Actor,
    Blocked,
    Case,
    ClockRun,
    Entry,
    Known,
    Lack,
    Paper,
    Point,
    Return,
    Suspension,
    WorkItem,
)
from zhicheng.engine.procedure.clocks import ClockView, Rules, view, views
from zhicheng.engine.procedure.definition import ACT_LABELS, Definition
from zhicheng.engine.procedure.draw import Drawing, draw
from zhicheng.engine.procedure.items import Tally, tally
from zhicheng.engine.procedure.lint import RULES, lint
from zhicheng.engine.procedure.load import pick, read_definition, read_walks, shipped, shipped_walks
from zhicheng.engine.procedure.migrate import migrate
from zhicheng.engine.procedure.offers import BulkResult, Offer, in_bulk, offers
from zhicheng.engine.procedure.perform import ActionFailed, open_case, perform
from zhicheng.engine.procedure.points import points_for
from zhicheng.engine.procedure.simulate import Simulation, Walk, WalkStep, simulate

__all__ = [
    "ACT_LABELS",
    "DISPOSITIONS",
    "OPINIONS",
    "RULES",
    "Act",
    "ActionFailed",
    "Actor",
    "Blocked",
    "BulkResult",
    "Case",
    "ClockRun",
    "ClockView",
    "Definition",
    "Drawing",
    "Entry",
    "Known",
    "Lack",
    "Offer",
    "Paper",
    "Point",
    "Return",
    "Rules",
    "Simulation",
    "Suspension",
    "Tally",
    "Walk",
    "WalkStep",
    "WorkItem",
    "draw",
    "in_bulk",
    "lint",
    "migrate",
    "offers",
    "open_case",
    "perform",
    "pick",
    "points_for",
    "read_definition",
    "read_walks",
    "shipped",
    "shipped_walks",
    "simulate",
    "tally",
    "view",
    "views",
]
