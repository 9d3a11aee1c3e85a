"""钱的检查: amounts, quotas, who pays. Not here: targets (targets.py), wording (wording.py)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, groupby

from zhicheng.base.citation import Span
from zhicheng.base.money import Money
from zhicheng.domain.plan.likeness import common_run, contained, folded
from zhicheng.domain.plan.lint.findings import OPEN, finding, on_instrument, plan_clauses, years
from zhicheng.domain.plan.model import Fund, Instrument, Plan, Target, Task, Unit
from zhicheng.engine.checks import Finding, Rule, Severity

_PROMISES = {"reward", "grant", "subsidy", "interest_subsidy"}
_NOUNS = {"reward": "奖励", "grant": "资助", "subsidy": "补贴", "interest_subsidy": "贴息"}
_BARE_SUM = re.compile(r"[0-9０-９]+(?:[.．][0-9０-９]+)?\s*[百千]?[万亿](?![元圆百千万亿])")
_LEVELS = (("国家级", 4), ("省级", 3), ("市级", 2), ("区级", 1), ("县级", 1))
_SAME_OBJECT = 5  # signs two rewards must share besides level and money to be about the same thing
_SAME_COUNT = 0.5  # share of an indicator's pairs that a quota's words must hold to count the same thing

AMOUNT_UNSET = Rule(
    "P01",
    "warning",
    "金额待定",
    "Amount not set",
    "方案承诺了支持，却没有写上限、比例或者标准：企业不知道能得多少，财政无法编预算。",
    "The plan promises support without ceiling, rate or standard: nobody can claim it and no budget can be drawn up.",
)


def amount_unset(plan: Plan) -> Iterator[Finding]:
    """Instruments without ceiling, rate under a cap, or tiers."""
    for each in plan.instruments:
        if not each.amount_unset:
            continue
        promised = each.kind in _PROMISES
        if promised:
            noun = _NOUNS[each.kind]
            fix = f"写明标准，例如“按{OPEN}给予{noun}，每个{each.per or '对象'}最高{OPEN}万元”；尚不能定的，写明由哪个部门在{OPEN}前另行制定"
        elif each.kind == "commendation":
            fix = "写明“给予表彰，不另发奖金”，或者写明奖金标准和依据"
        else:
            fix = "保留“鼓励”的，在解读中说明没有资金承诺；拟给支持的，写明标准"
        yield on_instrument(
            AMOUNT_UNSET,
            plan,
            each,
            f"“{each.name}”没有写金额（待定），无法计算。"
            if promised
            else f"“{each.name}”没有写金额，按没有资金承诺处理。",
            f"“{each.name_en or each.name}” ({each.key}) sets no amount; nothing can be computed.",
            fix=fix,
            verdict="cannot_be_shown",
            severity=None if promised else "info",
        )


QUOTA_TARGET = Rule(
    "P06",
    "warning",
    "名额与目标对不上",
    "Quota against target",
    "每年的名额乘以年数，是目标的天花板：不够就完不成，刚够就一轮也不能少。",
    "A yearly quota times the years is the most the target can reach.",
)


def quota_against_target(plan: Plan) -> Iterator[Finding]:
    """A yearly quota of an instrument against the target that counts the same thing; the arithmetic is shown."""
    for each in plan.instruments:
        target = _counted_by(each, plan)
        count = years(plan)
        if each.quota_per_year and target and target.value and count:
            yield from _quota_finding(plan, each, target, each.quota_per_year, int(target.value), count)


def _counted_by(each: Instrument, plan: Plan) -> Target | None:
    """The increase target whose indicator the quota's own words count."""
    words = plan.quote(each.span)
    likely = [
        (contained(target.indicator, words), target)
        for target in plan.targets
        if target.comparator.startswith("increase") and _same_unit(target.unit, each.quota_unit)
    ]
    share, target = max(likely, key=lambda pair: pair[0], default=(0.0, None))
    return target if share >= _SAME_COUNT else None


def _same_unit(one: str | None, two: str | None) -> bool:
    """Persons are counted in several words: 人, 名, 位."""
    return one == two or {one, two} <= {"人", "名", "位"}


def _quota_finding(
    plan: Plan, each: Instrument, target: Target, quota: int, wanted: int, count: int
) -> Iterator[Finding]:
    unit = each.quota_unit or ""
    most, rounds = quota * count, -(-wanted // quota)
    severity: Severity
    sums = f"每年不超过{quota}{unit}，{count}年最多{quota}×{count}={most}{unit}；{target.key}要求{wanted}{unit}"
    if rounds > count:
        zh, severity = f"{sums}，差{wanted - most}{unit}，按此名额完不成。", "error"
        fix = f"将名额改为“每年评定不超过{-(-wanted // count)}{unit}”，或者将目标改为“{most}{unit}”以内"
    elif rounds == count:
        zh, severity = f"{sums}，至少要评{rounds}轮：每一年都要评，一轮也不能少。", "warning"
        fix = (
            f"写明每年评定的月份，并分解年度目标；或者将名额改为“每年评定不超过{-(-wanted // max(1, count - 1))}{unit}”"
        )
    else:
        spare = count - rounds
        full = f"（{quota}×{rounds}={quota * rounds}）" if quota * rounds == wanted else ""
        zh = f"{sums}，至少要评{rounds}轮{full}；最多可以少评{spare}轮，少评{spare}轮后其余各轮几乎须用满名额。"
        severity = "warning" if spare == 1 else "info"
        fix = f"分解年度目标，写明每年评定的家数，例如“{_split(plan.period[0], count, wanted, quota, unit)}”"
    en = f"{quota} a year for {count} years is at most {most}; {target.key} wants {wanted}: at least {rounds} rounds."
    yield on_instrument(
        QUOTA_TARGET,
        plan,
        each,
        zh,
        en,
        fix=fix,
        severity=severity,
        verdict="not_met" if rounds > count else "met",
        also=(plan.clause(target.clause).label,),
    )


def _split(first: int, count: int, wanted: int, quota: int, unit: str) -> str:
    """The target spread over the years as evenly as whole numbers allow."""
    low, extra = divmod(wanted, count)
    parts = [min(quota, low + (index < extra)) for index in range(count)]
    return "、".join(f"{first + index}年{part}{unit}" for index, part in enumerate(parts))


PAYER_MISSING = Rule(
    "P07",
    "warning",
    "许诺资金而没有财政部门",
    "Money promised without the finance bureau",
    "任务里许诺奖励、资助或者补贴，责任单位却没有财政部门：由谁安排预算、谁拨付没有着落。",
    "A task promises money while no finance bureau is among its units.",
)


def money_without_finance(plan: Plan) -> Iterator[Finding]:
    """Tasks with promised money whose units hold no finance bureau, in plans that have one."""
    payer = _finance(plan)
    if payer is None:
        return
    for task in plan.tasks:
        promised = [each for each in plan.instruments if each.task == task.key and each.kind in _PROMISES]
        if not promised or any(assignment.unit == payer.key for assignment in task.units):
            continue
        names = "、".join(f"{each.key}“{each.name}”" for each in promised)
        yield finding(
            PAYER_MISSING,
            plan,
            task.key,
            f"任务{task.key}“{task.title}”许诺了{names}，责任单位中没有{payer.name}。",
            f"Task {task.key} promises money ({', '.join(each.key for each in promised)}); {payer.key} is not named.",
            clause=task.clause,
            span=_bracket(task, promised[0]),
            fix=_with_payer(plan, task, payer),
        )


def _with_payer(plan: Plan, task: Task, payer: Unit) -> str:
    """The units as they should read; where the text tells lead from support, the payer joins the supporting ones."""
    supporting = [plan.quote(each.span) for each in task.units if each.role == "support"]
    if any(each.role == "lead" for each in task.units):
        return f"配合单位改为：{'、'.join([*supporting, payer.name])}"
    return f"责任单位改为：{'、'.join([*(plan.quote(each.span) for each in task.units), payer.name])}"


def _bracket(task: Task, promise: Instrument) -> Span:
    """The units' own words, or the promise where no unit is named at all."""
    return Span(task.units[0].span.start, task.units[-1].span.end) if task.units else promise.span


def _finance(plan: Plan) -> Unit | None:
    return next((unit for unit in plan.units if "财政" in unit.name), None)


PAYER_IDLE = Rule(
    "P08",
    "info",
    "财政部门在列而没有支付事项",
    "Finance bureau without a payment",
    "责任单位列了财政部门，任务里却没有任何资金安排：要么漏写了支持措施，要么职责要说明。",
    "The finance bureau is named for a task that promises no money.",
)


def finance_without_money(plan: Plan) -> Iterator[Finding]:
    payer = _finance(plan)
    paid = {each.clause for each in plan.instruments} | {fund.clause for fund in plan.funds}
    for task in plan.tasks:
        named = [assignment for assignment in task.units if payer and assignment.unit == payer.key]
        if named and task.clause not in paid:
            yield finding(
                PAYER_IDLE,
                plan,
                task.key,
                f"任务{task.key}“{task.title}”列了{plan.quote(named[0].span)}，文中没有资金安排。",
                f"Task {task.key} names the finance bureau but promises no money.",
                clause=task.clause,
                span=named[0].span,
                fix=f"写明资金支持的对象和标准（{OPEN}），或者从责任单位中删去该部门",
                verdict="cannot_be_shown",
            )


LEVEL_INVERSION = Rule(
    "P09",
    "warning",
    "级别高而奖励低",
    "Higher level, lower reward",
    "同一类认定，上级的奖励低于下级：可能是本意，也可能是笔误，应当确认，不替它改。",
    "The reward for the higher level is below that for the lower one: confirm, do not mend.",
)


def level_inversion(plan: Plan) -> Iterator[Finding]:
    """Pairs of ceilings in one clause, for the same thing, where the higher level gets less."""
    keyed = sorted(plan.instruments, key=lambda each: each.clause)
    for _, group in groupby(keyed, key=lambda each: each.clause):
        for one, two in combinations(group, 2):
            for high, low in ((one, two), (two, one)):
                yield from _inversion(plan, high, low)


def _inversion(plan: Plan, high: Instrument, low: Instrument) -> Iterator[Finding]:
    above, below = _levels(plan.quote(high.span)), _levels(plan.quote(low.span))
    if not above or not below or min(above) <= max(below):
        return
    if high.ceiling is None or low.ceiling is None or high.ceiling >= low.ceiling:
        return
    shared = common_run(_object(plan.quote(high.span)), _object(plan.quote(low.span)))
    if len(shared) < _SAME_OBJECT:
        return
    yield finding(
        LEVEL_INVERSION,
        plan,
        f"{high.key}/{low.key}",
        f"“{high.name}”级别高于“{low.name}”，上限{high.ceiling}却低于{low.ceiling}。",
        f"{high.key} ({high.ceiling.decimal_yuan} yuan) stands above {low.key} ({low.ceiling.decimal_yuan} yuan) in level, below it in money.",
        clause=high.clause,
        span=high.span,
        fix=f"请确认是否本意；不是本意的，将“{high.ceiling}”改为不低于“{low.ceiling}”，或者写明两项可以叠加享受",
        verdict="cannot_be_shown",
    )


def _levels(words: str) -> list[int]:
    return [rank for word, rank in _LEVELS if word in words]


def _object(words: str) -> str:
    for word, _ in _LEVELS:
        words = words.replace(word, " ")
    return words


UNIT_OMITTED = Rule(
    "P10",
    "warning",
    "金额漏写“元”",
    "Unit of money omitted",
    "“15万”按惯例读作15万元，但公文中的金额应当写全单位。",
    "A sum is written without 元; it is read as yuan and should say so.",
)


def unit_omitted(plan: Plan) -> Iterator[Finding]:
    """Sums inside money clauses that end in 万 or 亿 without 元."""
    sums: list[Instrument | Fund] = [*plan.instruments, *plan.funds]
    for each in sums:
        for match in _BARE_SUM.finditer(plan.quote(each.span)):
            words = match.group(0)
            yield finding(
                UNIT_OMITTED,
                plan,
                f"{each.key}:{folded(words)}",
                f"“{words}”没有写“元”，按{Money.written(folded_sum(words) + '元')}读。",
                f"“{words}” omits 元; read as yuan.",
                clause=each.clause,
                span=Span(each.span.start + match.start(), each.span.start + match.end()),
                fix=f"“{words}”改为“{words.strip()}元”",
            )


def folded_sum(words: str) -> str:
    """A written sum with half-width figures and no blanks."""
    return "".join(words.translate(str.maketrans("０１２３４５６７８９．", "0123456789.")).split())


STACKING = Rule(
    "P18",
    "info",
    "能否叠加享受没有写",
    "Stacking not settled",
    "同一主体、同一事项能否享受多项支持，方案没有规定；常见的规定是“就高不重复”。",
    "Whether one party may take several instruments for one matter is not said.",
)
_STACKING_SAID = re.compile(r"就高|不重复|不得重复|不再重复|可以叠加|可叠加|不叠加|择高")


def stacking_unsaid(plan: Plan) -> Iterator[Finding]:
    paying = [each for each in plan.instruments if each.kind in _PROMISES]
    if len(paying) < 2 or any(_STACKING_SAID.search(plan.quote(clause.span)) for clause in plan_clauses(plan)):
        return
    yield finding(
        STACKING,
        plan,
        "plan",
        f"方案有{len(paying)}项资金支持，没有一处写明能否重复享受。",
        f"{len(paying)} money instruments, and no word on taking several for one matter.",
        fix="在保障措施中增写：“同一主体同一事项符合多项支持政策的，按就高不重复原则执行。”（是否如此由市里定）",
        verdict="cannot_be_shown",
    )


EXPOSURE = Rule(
    "P23",
    "info",
    "支出总额没有边界",
    "Spending is open-ended",
    "只有单项上限而没有名额或者总额，支出多少取决于有多少人申请，预算无法核定。",
    "Ceilings without quota or pool leave the total open.",
)


def open_ended(plan: Plan) -> Iterator[Finding]:
    capped = [each for each in plan.instruments if not each.amount_unset]
    bounded = [each for each in capped if each.quota_per_year]
    if not capped or len(bounded) == len(capped):
        return
    known = "；".join(
        f"{each.key}每年最多{each.quota_per_year}×{each.ceiling}={each.ceiling * each.quota_per_year}"
        for each in bounded
        if each.ceiling and each.quota_per_year
    )
    zh = (
        f"{len(capped)}项有上限的支持中，只有{len(bounded)}项写了名额"
        if bounded
        else f"{len(capped)}项有上限的支持都没有写名额"
    )
    yield finding(
        EXPOSURE,
        plan,
        "plan",
        f"{zh}{f'（{known}）' if known else ''}；其余各项的总额无法计算。",
        f"Of {len(capped)} capped instruments {len(bounded)} have a quota; the total of the rest cannot be computed.",
        fix=f"写明年度名额或者资金总额，例如“年度资金总额不超过{OPEN}万元，超出的按比例折算”",
        verdict="cannot_be_shown",
    )
