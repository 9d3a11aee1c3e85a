"""决策记录的写出: a record as decision.yaml. record.load() of what dump() wrote is the same record. Not here: reading (record.py)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from zhicheng.domain.decision.model import DecisionRecord, Fact, Paper, Stage
from zhicheng.domain.decision.record import PAPER_STATES
from zhicheng.domain.plan.folder.writing import label, text_of
from zhicheng.domain.plan.model import Plan

Entry = dict[str, Any]


def dump(record: DecisionRecord, plan: Plan, directory: Path) -> None:
    """Write decision.yaml into the plan's folder. A record nobody confirmed says that it is a draft."""
    said: Entry = {
        "title": record.title,
        "organ": record.organ,
        "laws": list(record.laws),
        "draft": True,
        "stages": [_stage(stage, plan) for stage in record.stages],
    }
    (directory / "decision.yaml").write_text(text_of(said), encoding="utf-8")


def _stage(stage: Stage, plan: Plan) -> Entry:
    entry: Entry = {"stage": stage.key, "done": stage.done}
    if not stage.applies:
        entry |= {"applies": False, "reason": stage.reason, "decided_by": stage.decided_by}
    if stage.facts:
        entry["facts"] = [_fact(fact, plan) for fact in stage.facts]
    if stage.papers:
        entry["papers"] = [_paper(paper) for paper in stage.papers]
    return entry


def _fact(fact: Fact, plan: Plan) -> Entry:
    entry: Entry = {"fact": fact.key, "value": _value(fact)}
    if fact.clause and fact.span:
        entry["cites"] = label(plan, fact.clause)
        if fact.span != plan.clause(fact.clause).span:
            entry["quote"] = plan.quote(fact.span)
    entry |= {name: said for name, said in (("source", fact.source), ("note", fact.note)) if said}
    return entry if fact.confirmed else {**entry, "confirmed": False}


def _value(fact: Fact) -> object:
    if fact.when is not None:
        return str(fact.when)
    if fact.yes is not None:
        return "是" if fact.yes else "否"
    if fact.items is not None:
        return list(fact.items)
    if fact.count is not None:
        return fact.count
    return fact.text if fact.text is not None else "待核实"


def _paper(paper: Paper) -> Entry:
    word = next(said for said, state in PAPER_STATES.items() if state == paper.state)
    return {
        "name": paper.name,
        "state": word,
        **{name: said for name, said in (("ground", paper.ground), ("note", paper.note)) if said},
    }
