"""Compiled texts as drafts and in folders: what a person confirmed is never touched."""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from zhicheng.base.errors import Conflict, UnreadableInput
from zhicheng.domain.plan import lint
from zhicheng.domain.plan.compiler import compile_text
from zhicheng.domain.plan.folder import Difference, differences, draft_plan, dump, load, write_draft
from zhicheng.domain.plan.model import Plan

ROOT = Path(__file__).parents[3]
YANTAI = ROOT / "plans" / "yantai-2022-2024"
LANHE = ROOT / "tests" / "plans" / "lanhe-2026-2028"

# Every difference between the confirmed folder of Yantai and what the compiler reads of the same page, with its reason.
EXPECTED = {
    ("targets", "split", "T4b"): "一句含两个指标（金额和项目数），目录分列 T4a、T4b",
    ("targets", "only_folder", "T11"): "白皮书每年发布，目录记为每年一份的指标，编译记为常设事项",
    ("targets", "only_compiled", "知识产权强市建设取得明显成效"): "总括性表述，不是指标",
    ("targets", "only_compiled", "知识产权综合实力全面提升"): "没有公式的总括性表述，目录列为常设事项 C86",
    (
        "targets",
        "only_compiled",
        "遴选16个标志性产业链中的骨干企业启动企业专利导航项目",
    ): "16个是产业链名单的个数，不是要达到的数",
    ("targets", "only_compiled", "每年评定不超过20家"): "名额上限，记在激励 I18 的 quota_per_year",
    ("incentives", "only_folder", "I05"): "只是鼓励、没有承诺支付；I04 的“上浮”以它为前提，目录单列",
    ("incentives", "split", "I17"): "一句含两种费用（保费、担保费），目录分列 I16、I17",
    ("questions", "only_folder", "Q01"): "基期是就整个方案提的问题，原文没有触发词",
    ("questions", "only_folder", "Q02"): "满意度由谁调查是读者的问题，原文没有触发词",
    ("questions", "only_folder", "Q03"): "方案与解读的差别，编译不跨文件比较",
    ("questions", "only_folder", "Q10"): "名额与目标的算术问题，由检查 P06 提出",
    ("questions", "only_folder", "Q13"): "名单没有列出，由检查 P17 提出",
    ("questions", "only_folder", "Q16"): "叠加享受没有写，由检查 P18 提出",
    ("questions", "only_folder", "Q17"): "单位职责看不出，须人工判断",
    ("questions", "only_folder", "Q18"): "财政部门没有支付事项，由检查 P08 提出",
    ("questions", "only_folder", "Q19"): "协会名称须人工判断",
    ("questions", "only_folder", "Q20"): "没有年度分解，由检查 P19 提出",
    ("questions", "only_compiled", "知识产权强市建设取得明显成效"): "总括性表述，不单独提问",
    ("questions", "only_compiled", "知识产权综合实力全面提升"): "总括性表述，不单独提问",
}
REASON_OF_MORE_COMMITMENTS = "目录按领域笔记把每一句承诺都列为常设事项，编译只认有设立、发布、开展等动词的承诺"


def named(difference: Difference) -> tuple[str, str, str]:
    """Folder entries by key; what only the compiler reads by its words, since it has no key of its own."""
    return (
        difference.group,
        difference.kind,
        difference.quote if difference.kind == "only_compiled" else difference.folder_key or "",
    )


@pytest.fixture
def city(tmp_path: Path) -> Path:
    folder = tmp_path / "city"
    shutil.copytree(YANTAI, folder)
    return folder


def test_every_difference_between_yantais_folder_and_the_compiler_has_its_reason() -> None:
    plan = load(YANTAI)

    found = differences(plan, compile_text(plan.text))

    commitments = [each for each in found if each.group == "commitments"]
    assert {named(each) for each in found if each.group != "commitments"} == set(EXPECTED)
    assert {each.kind for each in commitments} == {"only_folder"}, REASON_OF_MORE_COMMITMENTS
    assert not [each for each in found if each.kind == "differs"]
    assert all(EXPECTED.values())


def test_units_roles_sums_and_tasks_agree_with_the_compiler() -> None:
    plan = load(YANTAI)
    groups = Counter(each.group for each in differences(plan, compile_text(plan.text)))

    assert groups["tasks"] == 0
    assert groups["funds"] == 0
    assert groups["upstream"] == 0


def test_changed_sum_in_the_folder_is_a_difference() -> None:
    plan = load(YANTAI)
    wrong = replace(
        plan, instruments=tuple(replace(each, ceiling=None) if each.key == "I13" else each for each in plan.instruments)
    )

    found = [each for each in differences(wrong, compile_text(plan.text)) if each.kind == "differs"]

    assert [(each.folder_key, each.field, each.folder_says, each.compiled_says) for each in found] == [
        ("I13", "上限", "待定", "50万元")
    ]


def test_empty_folder_gets_everything_as_drafts(tmp_path: Path) -> None:
    text = (LANHE / "source.txt").read_text(encoding="utf-8")

    found = write_draft(compile_text(text), tmp_path / "lanhe")

    plan = load(tmp_path / "lanhe")
    assert plan.text == text
    assert plan.confirmed == {}
    assert {each.kind for each in found} == {"only_compiled"}
    assert "draft: true" in (tmp_path / "lanhe" / "targets.yaml").read_text(encoding="utf-8")
    assert {task.title for task in plan.tasks} == {"培育茶艺师", "扶持老街店铺", "办好澜河茶会"}
    assert [assignment.role for assignment in plan.tasks[0].units] == ["lead", "support", "support"]


def test_confirmed_entries_are_never_touched(city: Path) -> None:
    before = {file.name: file.read_bytes() for file in city.rglob("*") if file.is_file()}
    confirmed = load(city).confirmed

    write_draft(compile_text(load(city).text), city)

    after = {file.name: file.read_bytes() for file in city.rglob("*") if file.is_file()}
    assert all(after[name].startswith(content) for name, content in before.items())
    plan = load(city)
    assert plan.confirmed == confirmed
    assert [target.key for target in plan.targets][-4:] == ["T14", "T15", "T16", "T17"]


def test_second_writing_changes_nothing(city: Path) -> None:
    compiled = compile_text(load(city).text)
    write_draft(compiled, city)
    before = {file.name: file.read_bytes() for file in city.rglob("*") if file.is_file()}

    write_draft(compiled, city)

    assert {file.name: file.read_bytes() for file in city.rglob("*") if file.is_file()} == before


def test_draft_entry_is_renewed_in_place_and_its_neighbours_stay(city: Path) -> None:
    file = city / "targets.yaml"
    text = file.read_text(encoding="utf-8")
    text = text.replace("value: 85分", "value: 80分").replace(
        "  formula: 2024年最后一轮调查的加权得分（0–100分）\n  confirmed: {by: 知城项目组, on: 2026-11-24}\n",
        "  draft: true\n",
    )
    file.write_text(text, encoding="utf-8")

    found = write_draft(compile_text(load(city).text), city)

    plan = load(city)
    satisfaction = next(each for each in plan.targets if each.key == "T1")
    assert str(satisfaction.value) == "85"
    assert "targets T1" not in plan.confirmed
    assert ("数值", "80分", "85分") in [(each.field, each.folder_says, each.compiled_says) for each in found]
    assert "- key: T2\n  cites: 一\n  quote: 万人高价值发明专利拥有量达到8.1件" in file.read_text(encoding="utf-8")


def test_draft_incentive_is_renewed_in_its_file(city: Path) -> None:
    file = city / "incentives" / "I13-patent-landing.yaml"
    file.write_text(
        file.read_text(encoding="utf-8")
        .replace("ceiling: 50万元", "ceiling: 5万元")
        .replace("confirmed: {by: 知城项目组, on: 2026-11-24}", "draft: true"),
        encoding="utf-8",
    )

    write_draft(compile_text(load(city).text), city)

    landing = next(each for each in load(city).instruments if each.key == "I13")
    assert str(landing.ceiling) == "50万元"


def test_folder_of_another_text_is_refused(city: Path) -> None:
    with pytest.raises(Conflict, match="另一份原文"):
        write_draft(compile_text("乙市方案\n一、目标\n到2030年达到5件。"), city)


def test_draft_has_no_period_and_no_city_where_the_text_names_none() -> None:
    plan = draft_plan(compile_text("关于支持企业的若干措施\n一、对新设企业给予奖励。\n"))

    assert (plan.period, plan.city, plan.confirmed) == ((0, 0), "", {})
    assert [each.rule for each in lint.check(plan)] == ["P01"]


def test_number_without_unit_is_no_value() -> None:
    plan = draft_plan(compile_text((YANTAI / "source.txt").read_bytes().decode("utf-8")))

    assert all(each.unit for each in plan.targets if each.value is not None)


def test_blank_text_is_refused() -> None:
    with pytest.raises(UnreadableInput, match="没有文字"):
        draft_plan(compile_text(" \n"))


@pytest.mark.parametrize("folder", [YANTAI, LANHE], ids=["yantai", "lanhe"])
def test_draft_written_and_read_again_is_the_same(folder: Path, tmp_path: Path) -> None:
    plan: Plan = draft_plan(compile_text((folder / "source.txt").read_bytes().decode("utf-8")))

    dump(plan, tmp_path)

    assert load(tmp_path) == plan


def test_bare_text_is_linted_at_its_places() -> None:
    plan = draft_plan(compile_text((YANTAI / "source.txt").read_bytes().decode("utf-8")))
    found = lint.check(plan)

    assert {"P01", "P02", "P06", "P07", "P09", "P10", "P14", "P15", "P16"} <= {each.rule for each in found}
    assert all(each.quote == plan.quote(each.span) for each in found if each.span)
