"""The loader of plan folders, on the bundled plan and on small folders with one fault each."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable
from pathlib import Path

import pytest

from zhicheng.base.errors import Missing, UnreadableInput
from zhicheng.base.money import Money
from zhicheng.domain.plan.folder import load
from zhicheng.domain.plan.model import Plan

YANTAI = Path(__file__).parents[3] / "plans" / "yantai-2022-2024"

SOURCE = "甲市方案\n一、目标\n到2030年，登记达到5件。\n二、任务\n1.办好登记。对登记的企业，给予最高2万元奖励。（责任单位：甲局、乙局）\n页脚\n"
PLAN = """
key: small
title: 甲市方案
city: 甲市
period: 2028-2030
source: {sha256: SHA}
documents:
- key: plan
  kind: plan
  title: 方案
  begins: 甲市方案
  ends: （责任单位：甲局、乙局）
  clauses:
  - {key: top, label: 标题, kind: preamble, begins: 甲市方案}
  - {key: aims, label: 一, number: 一、, title: 目标, kind: section}
  - key: work
    label: 二
    number: 二、
    title: 任务
    kind: section
    clauses:
    - {key: register, label: 二1, number: "1.", title: 办好登记, kind: task}
outside:
- {text: 页脚, reason: 页脚}
"""
UNITS = "- {key: jia, name: 甲局, kind: 部门}\n- {key: yi, name: 乙局, kind: 部门}\n"
PROJECTS = """
- key: "1"
  title: 任务
  cites: 二
  tasks:
  - {key: "1.1", title: 办好登记, cites: 二1, responsible: （责任单位：甲局、乙局）, units: [甲局, 乙局]}
"""
TARGETS = """
- key: T1
  cites: 一
  quote: 登记达到5件
  indicator: 登记
  comparator: 达到
  value: 5件
  measurable: 是
  reason: 有数值
"""
INCENTIVE = """
key: I01
name: 登记奖励
cites: 二1
quote: 给予最高2万元奖励
kind: 奖励
who: 登记的企业
what: 奖励
amount: {ceiling: 2万元}
"""


@pytest.fixture(scope="module")
def yantai() -> Plan:
    return load(YANTAI)


@pytest.fixture
def small(tmp_path: Path) -> Callable[..., Path]:
    """Writes a small folder; a keyword replaces one file, e.g. small(targets=...)."""

    def write(**files: str) -> Path:
        source = files.get("source", SOURCE)
        sha = hashlib.sha256(source.encode()).hexdigest()
        (tmp_path / "incentives").mkdir()
        (tmp_path / "source.txt").write_bytes(source.encode())
        (tmp_path / "plan.yaml").write_text(files.get("plan", PLAN).replace("SHA", sha))
        (tmp_path / "units.yaml").write_text(files.get("units", UNITS))
        (tmp_path / "projects.yaml").write_text(files.get("projects", PROJECTS))
        (tmp_path / "targets.yaml").write_text(files.get("targets", TARGETS))
        (tmp_path / "incentives" / "I01.yaml").write_text(files.get("incentive", INCENTIVE))
        return tmp_path

    return write


def test_yantai_has_its_parts(yantai: Plan) -> None:
    assert (len(yantai.projects), len(yantai.tasks), len(yantai.units)) == (7, 24, 19)
    assert len(yantai.instruments) == 30
    assert sum(instrument.amount_unset for instrument in yantai.instruments) == 12
    assert [target.key for target in yantai.targets] == [
        "T1",
        "T2",
        "T3",
        "T4a",
        "T4b",
        "T5",
        "T6",
        "T7",
        "T8",
        "T9",
        "T10",
        "T11",
        "T12",
        "T13",
    ]


def test_yantai_source_is_the_page_character_for_character(yantai: Plan) -> None:
    assert yantai.sha256 == "359ad112383eedf4792986c2c582621a8e799043b272d09b4708bb17b43cfd21"
    assert len(yantai.text) == 7441


def test_every_sign_of_the_source_belongs_to_one_clause_or_is_declared_outside(yantai: Plan) -> None:
    spans = sorted([clause.span for clause in yantai.clauses] + [piece.span for piece in yantai.outside])

    assert all(one.end <= two.start for one, two in itertools.pairwise(spans))
    left = "".join(yantai.text[one.end : two.start] for one, two in itertools.pairwise(spans))
    assert left.strip("•\u00a0 \n") == ""
    assert yantai.text[spans[-1].end :].strip() == ""


def test_units_are_lead_only_where_the_text_says_so(yantai: Plan) -> None:
    first = [task.units[0] for task in yantai.tasks]

    assert {assignment.role for assignment in first} == {"first"}
    assert {unit.role for task in yantai.tasks for unit in task.units[1:]} == {None}
    assert {yantai.quote(assignment.span) for assignment in first} == {"市市场监管局"}


def test_unit_spans_say_the_name_of_the_unit(yantai: Plan) -> None:
    for task in yantai.tasks:
        for assignment in task.units:
            unit = yantai.unit(assignment.unit)
            assert yantai.quote(assignment.span) in {unit.name, *(name.name for name in unit.names)}


def test_rate_and_yearly_cap_are_read_with_their_units(yantai: Plan) -> None:
    overseas = next(instrument for instrument in yantai.instruments if instrument.key == "I03")

    assert (overseas.rate, overseas.annual_cap, overseas.ceiling) == (5000, Money.yuan(1_000_000), None)
    assert not overseas.amount_unset


def test_small_folder_loads(small: Callable[..., Path]) -> None:
    plan = load(small())

    assert [clause.label for clause in plan.clauses] == ["方案 标题", "方案 一", "方案 二", "方案 二1"]
    assert plan.instruments[0].task == "1.1"
    assert plan.quote(plan.outside[0].span) == "页脚"


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("incentive", "2万元}", "20000}", "没有写明单位"),
        ("incentive", "2万元}", "2万元, rate: 0.5}", "不是比例"),
        ("incentive", "给予最高2万元奖励\n", "给予最高3万元奖励\n", "条款里没有“给予最高3万元奖励”"),
        ("incentive", "kind: 奖励", "kind: 赏金", "不认识“赏金”"),
        ("incentive", "who: 登记的企业\n", "", "缺少“who”"),
        ("incentive", "cites: 二1", "cites: 九1", "没有“九1”这一条款"),
        ("targets", "5件\n", "5\n", "没有写明单位"),
        ("targets", "value: 5件", "value: 5件\n  reasn: 无", "不认识“reasn”"),
        ("targets", "reason: 有数值", "reason: 有数值\n  reason: 无", "写了两次"),
        ("targets", "quote: 登记达到5件", "quote: 到", "出现2次"),
        ("projects", "units: [甲局, 乙局]", "units: [乙局, 甲局]", "按原文先后照抄"),
        ("projects", "units: [甲局, 乙局]", "units: [甲局, 丙局]", "不在责任单位的文字里"),
        ("units", "name: 乙局", "name: 丙局", "units.yaml 里没有“乙局”"),
        ("plan", "title: 目标", "title: 目的", "没有哪一行以“一、目的”开头"),
        ("plan", "key: aims", "key: top", "用了两次"),
        ("plan", "{text: 页脚, reason: 页脚}", "{text: 页眉, reason: 页眉}", "这里原文是“页脚”"),
        ("plan", "sha256: SHA", "sha256: ff", "sha256 不符"),
    ],
)
def test_fault_is_named_with_file_and_way_out(
    small: Callable[..., Path], name: str, old: str, new: str, said: str
) -> None:
    good = {"incentive": INCENTIVE, "targets": TARGETS, "projects": PROJECTS, "units": UNITS, "plan": PLAN}[name]
    assert old in good
    folder = small(**{name: good.replace(old, new)})

    with pytest.raises(UnreadableInput) as raised:
        load(folder)

    file = {"incentive": "incentives/I01.yaml"}.get(name, f"{name}.yaml")
    assert said in str(raised.value)
    assert file in raised.value.where or (name == "units" and "projects.yaml" in raised.value.where)
    assert raised.value.todo


def test_text_outside_every_document_must_be_declared(small: Callable[..., Path]) -> None:
    folder = small(plan=PLAN.replace("outside:\n- {text: 页脚, reason: 页脚}\n", ""))

    with pytest.raises(UnreadableInput, match="不属于任何文件"):
        load(folder)


def test_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(Missing, match="没有这个方案目录"):
        load(tmp_path / "none")
