"""承诺事项: standing promises that are neither money nor a counted target (每年发布白皮书, 建立专家库). Not here: targets, funds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from zhicheng.base.citation import Span
from zhicheng.domain.plan.compiler.paragraphs import Paragraph
from zhicheng.domain.plan.compiler.sentences import MASK, sentences


@dataclass(frozen=True, slots=True)
class Commitment:
    """One promise as quoted. rhythm: 每年, 定期 … or None; firm False where the text only explores, encourages or strives."""

    span: Span
    kind: str
    rhythm: str | None
    firm: bool


_RHYTHM = re.compile(r"每年度?|每半年|每季度?|每月|每周|定期|适时|常态化|年度(?=发布|报告|评估)|逐年")
_SET_UP = (
    r"(?:设立|组建|成立|建成|建立|新建|筹建|申报|创建|组成|建设|打造|搭建|构建|开发(?!区)|开通|上线|健全|完善|充实|制定|出台|编制|修订|起草|"
    r"研究制定|形成|发布|举办|承办|主办|召开|开展|实行|实施(?!工作)|强化|推行)"
)
# kind (the later home of the promise), what is promised; first row that fits wins. Example in the last column.
_KINDS: tuple[tuple[str, re.Pattern[str], str], ...] = (
    (
        "publication",
        re.compile(
            r"(?:发布|公布|编印|出版|公开)[^,;。:]{0,30}(?:白皮书|蓝皮书|报告|年报|目录|指南|指引|清单|案例|指数|榜单)"
        ),
        "每年发布年度白皮书",
    ),
    ("meeting", re.compile(r"(?:召开|举行)[^,;。:]{0,12}会议"), "定期召开会议"),
    (
        "supervision",
        re.compile(
            r"(?:对[^,;。:]{2,16}(?:实行|进行|开展)[^,;。:]{0,8}|强化|开展|加强)?(?:挂牌督战|挂牌督办|督查|督导|考核评比|考核评价|绩效评价|绩效评估|目标考核|通报)"
        ),
        "对重点项目实行挂牌督战",
    ),
    (
        "event",
        re.compile(
            r"(?:举办|承办|主办|组织|开展)[^,;。:]{0,40}(?:论坛|大赛|博览会|展会|宣传周|大会|路演|推介会|对接会|交流会|活动)"
        ),
        "承办知识产权论坛",
    ),
    (
        "paper",
        re.compile(
            r"(?:制定|出台|编制|修订|制修订|起草|印发|形成)[^,;。:]{0,40}(?:办法|标准|规范|目录|细则|指引|清单|方案|规划|路线图|规定|条例|政策)"
        ),
        "制定专利密集型产品评定办法",
    ),
    (
        "register",
        re.compile(rf"{_SET_UP}[^,;。:]{{0,40}}(?:台账|清单|档案|专家库|人才库|数据库|项目库|名录|信息库|库)(?!存)"),
        "建立重大科技创新台账",
    ),
    ("platform", re.compile(rf"{_SET_UP}[^,;。:]{{0,40}}(?:平台|系统|网站|小程序|服务网络)"), "建设运营服务平台"),
    (
        "body",
        re.compile(
            rf"{_SET_UP}[^,;。:]{{0,40}}(?:领导小组|委员会|中心|联盟|分中心|办公室|专班|工作站|辅导站|指导站|维权联系点|服务网点|网点|站点|学院|基地|法庭|协会|研究院|智库|团队|示范点|窗口)"
        ),
        "建立商标品牌辅导站",
    ),
    (
        "mechanism",
        re.compile(rf"{_SET_UP}[^,;。:]{{0,40}}(?:机制|制度|体系|通道|会商|试点(?!园区|城市|单位|高校)|专项行动)"),
        "完善跨部门协作机制",
    ),
)
_OWN_PAPER = re.compile(r"(?:制定|提出|起草|形成)(?:以下|如下|出台)?(?:本|此|该|《?方案》?$)")
# 按照“构建服务业新体系”要求 quotes somebody else's words: a reason, not a promise of this text.
_ANOTHERS = re.compile(
    r"[”』」](?:的)?(?:总体)?(?:要求|精神|部署|理念|原则)|^(?:按照|根据|依据|遵循)[^,]*(?:要求|精神|部署)$"
)
_SOFT = re.compile(r"探索|鼓励|支持|争取|引导|适时|研究|推动|有条件")


def commitments(paragraph: Paragraph, start: int) -> Iterator[Commitment]:
    """Promises of one paragraph from folded `start`, at most one a clause."""
    for sentence in sentences(paragraph.text, start):
        if sentence.inner:
            continue
        for begin, end in sentence.clauses:
            clause = sentence.slice(begin, end).rstrip("。;!?\t" + MASK)
            if _OWN_PAPER.search(clause) or _ANOTHERS.search(clause):
                continue
            found = next(((k, m) for k, pattern, _ in _KINDS if (m := pattern.search(clause))), None)
            rhythm = _RHYTHM.search(clause)
            if found is None and not (
                rhythm and rhythm.group() in ("每年", "定期", "每季度", "每月", "每半年") and len(clause) > 6
            ):
                continue
            kind = found[0] if found else "routine"
            first = min(x.start() for x in (rhythm, found[1] if found else None) if x)
            yield Commitment(
                paragraph.folded.span(
                    begin + first if not _SOFT.search(clause[:first]) else begin, begin + len(clause)
                ),
                kind,
                rhythm.group() if rhythm else None,
                firm=not _SOFT.search(clause[: found[1].start() + 4] if found else clause[:first]),
            )
