"""A small invented procedure with every feature, and people to walk it. Not here: tests."""

from datetime import date

import pytest

from zhicheng.base import calendar, datafile
from zhicheng.engine import procedure
from zhicheng.engine.procedure import Act, Actor

PERMIT = """
id: permit
name: 测试许可
in_force: 2020-01-01
until: 2025-12-31
roles:
  officer: {label: 经办人}
  head: {label: 负责人}
  applicant: {label: 申请人, party: true}
  clerk: {label: 收发员}
articles:
  law: {law: 测试法, number: 第一条, confirmed: true}
  guess: {law: 测试法, number: 第二条, confirmed: false}
facts:
  complete: {label: 材料齐全, articles: law}
  harmful: {label: 有害}
  lawful: {label: 意见, kind: choice, options: {yes_: 合法, no_: 不合法}, by: head}
  urgent_reason: {label: 紧急理由, kind: text}
  served_on: {label: 送达日期, kind: date}
  opinions: {label: 意见数, kind: number}
start: received
states:
  received: {label: 收到, kind: open, holder: officer}
  supplement: {label: 待补正, kind: waiting, holder: applicant}
  review:
    label: 审查
    kind: open
    holder: officer
    obligatory: conditional
    countersign: {term: 3 工作日, silence: agree, quorum: 2/3, carried: majority, articles: law}
  decision: {label: 决定, kind: open, holder: head}
  granted: {label: 准予, kind: success}
  refused: {label: 不予, kind: refused}
  gone: {label: 申请人撤回, kind: withdrawn}
  ended: {label: 终止, kind: terminated}
moves:
  accept: {label: 受理, from: received, to: review, by: officer, needs: [complete], produces: 受理通知书, notifies: applicant,
           visibility: party}
  ask: {label: 要求补正, from: received, to: supplement, by: officer, needs: [not complete], produces: 补正通知书, notifies: applicant,
        visibility: party}
  supply: {label: 补正, from: supplement, to: received, by: applicant}
  submit: {label: 送决定, from: review, to: decision, by: officer, needs: [not harmful, {any: [{clock: rest}, urgent_reason]}]}
  skip: {label: 不适用审查, from: received, to: decision, by: officer, needs: [complete, not harmful], waives: review}
  grant: {label: 准予, from: decision, to: granted, by: head, needs: [{lawful: yes_}], produces: 决定书, notifies: applicant,
          visibility: public, final: true}
  refuse: {label: 不予, from: decision, to: refused, by: head, needs: [{lawful: no_}], reason: true, final: true}
  give_up: {label: 撤回申请, from: [received, supplement, review], to: gone, by: applicant, despite_items: true}
clocks:
  decide: {label: 审查期限, kind: limit, length: 20 工作日, starts: accept, ends: [grant, refuse], not_counted: [suspended, supplement],
           articles: law, warn: 3 工作日, extensions: [{by: head, at_most: 5 工作日, times: 1, articles: law}],
           excluded: {by: officer, grounds: {appraisal: 鉴定, notice: 公告}, articles: law}}
  docket: {label: 受理期限, kind: limit, length: 5 工作日, starts: open, ends: [accept, skip], not_counted: supplement, articles: law}
  rest: {label: 冷静期, kind: minimum, length: 3 日, starts: review, rest_day: stay, articles: guess}
  answer: {label: 答辩期限, kind: limit, length: 15 日, starts: accept, day: served_on, articles: law}
acts:
  return: {by: [holder]}
  straight_back: {by: [holder]}
  countersign: {by: [holder], in: review}
  add_signer: {by: [holder]}
  transfer: {by: [holder, head]}
  delegate: {by: [holder]}
  withdraw: {by: [officer, head]}
  urge: {by: [head, applicant]}
  suspend: {by: [head], in: [review, decision], grounds: {court: 等待判决, other: 其他}, notifies: applicant, articles: law}
  resume: {by: [head], notifies: applicant}
  terminate: {by: [head], to: ended, articles: law}
"""

OFFICER = Actor("王五", "市科技局", frozenset({"officer"}))
HEAD = Actor("赵六", "市科技局", frozenset({"head"}))
APPLICANT = Actor("甲公司", "甲公司", frozenset({"applicant"}))
CLERK = Actor("小周", "市科技局", frozenset({"clerk"}))
DAY = date(2024, 6, 3)  # a Monday


class Desk:
    """Walks one case of a definition by short calls; keeps the day."""

    officer, head, applicant, clerk = OFFICER, HEAD, APPLICANT, CLERK

    def __init__(self, definition: procedure.Definition) -> None:
        self.rules = procedure.Rules(definition, calendar.national())
        self.day = DAY
        self.case = procedure.open_case(self.rules, "1", OFFICER, self.day)

    def do(self, actor: Actor, kind: str, name: str = "", **how) -> procedure.Case:
        self.case = procedure.perform(self.rules, self.case, actor, Act(kind, name, **how), self.day)
        return self.case

    def move(self, actor: Actor, name: str, **how) -> procedure.Case:
        return self.do(actor, "move", name, **how)

    def know(self, actor: Actor = OFFICER, **facts) -> procedure.Case:
        return self.do(actor, "record", facts=facts)

    def on(self, day: str) -> "Desk":
        self.day = date.fromisoformat(day)
        return self

    def due(self, clock: str) -> date | None:
        return procedure.view(self.rules, self.case, clock, self.day).due

    def to_review(self) -> "Desk":
        self.know(complete=True)
        self.move(OFFICER, "accept")
        return self

    def to_decision(self) -> "Desk":
        self.to_review().know(harmful=False, urgent_reason="汛期")
        self.move(OFFICER, "submit")
        return self


@pytest.fixture(scope="session")
def permit() -> procedure.Definition:
    return procedure.read_definition(PERMIT, "permit.yaml")


@pytest.fixture
def permit_yaml() -> dict:
    """The permit as raw data, to be spoilt."""
    return datafile.parse(PERMIT, "permit.yaml")


@pytest.fixture
def desk(permit) -> Desk:
    return Desk(permit)


@pytest.fixture
def other() -> type[Actor]:
    return lambda person, unit="", *roles: Actor(person, unit or person, frozenset(roles))
