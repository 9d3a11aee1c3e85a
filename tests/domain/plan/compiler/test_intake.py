"""Files as people send them: what is read, and what is refused in which words."""

from __future__ import annotations

import importlib.util
import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from zhicheng.base.errors import UnreadableInput
from zhicheng.domain.plan.compiler import compile_file, take_in
from zhicheng.domain.plan.compiler.intake import LARGEST, LARGEST_PART, LONGEST
from zhicheng.domain.plan.compiler.intake_html import html_text


def _papers():
    spec = importlib.util.spec_from_file_location("plan_papers", Path(__file__).parent / "papers.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PAPERS = _papers()
TASK = "1.加强保护。对认定的企业，给予最高10万元奖励。（责任单位：市科技局、市财政局）"
PLAN = ["某市行动方案", "一、主要任务", "（一）实施工程。", TASK]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_file_is_read_in_every_common_encoding(encoding):
    source = take_in("\n".join(PLAN).encode(encoding), "方案.txt")

    assert source.format == "txt"
    assert source.text == "\n".join(PLAN)


def test_text_file_keeps_line_ends_and_blanks():
    source = take_in("一、目标\r\n\u3000\u3000第 1 0 条\xa0\n".encode(), "a.txt")

    assert source.text == "一、目标\r\n\u3000\u3000第 1 0 条\xa0\n"


HTML = """<!DOCTYPE html><html><head><title>不显示</title><meta charset="{charset}"><style>p{{}}</style></head><body>
<nav><a>首页</a> <a>政策</a></nav><div style="display:none">页签内容</div>
<p>某市<b>行动</b>方案<br>第二行</p><script>var x = '给予最高99万元奖励';</script>
<ol start="3"><li>第三项</li><li>第四项</li></ol>
<table><tr><th>任务</th><th>责任单位</th></tr><tr><td>加强
保护</td><td>市科技局</td></tr></table><!-- 注释 --><footer>版权所有</footer></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "gb2312"])
def test_web_page_gives_every_visible_word_and_no_script(charset):
    source = take_in(HTML.format(charset=charset).encode("gb18030" if charset == "gb2312" else charset), "page.html")

    assert source.format == "html"
    assert source.text.split("\n") == [
        "首页 政策",
        "页签内容",
        "某市行动方案",
        "第二行",
        "3. 第三项",
        "4. 第四项",
        "任务\t责任单位",
        "加强 保护\t市科技局",
        "版权所有",
    ]


def test_word_document_is_read_with_tables_in_place():
    document = docx.Document()
    document.add_paragraph("某市行动方案")
    table = document.add_table(rows=2, cols=2)
    for row, cells in enumerate([("任务", "责任单位"), ("加强保护", "市科技局、市财政局")]):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    document.add_paragraph("附则")

    source = take_in(PAPERS.saved(document), "方案.docx")

    assert source.format == "docx"
    assert source.text.split("\n") == ["某市行动方案", "任务\t责任单位", "加强保护\t市科技局、市财政局", "附则"]


def test_word_document_shows_automatic_numbers():
    document = docx.Document()
    PAPERS.number_styles(
        document, [("chineseCountingThousand", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3．")]
    )
    for text, level in [
        ("总体要求", 0),
        ("主要任务", 0),
        ("保护工程", 1),
        ("严格保护", 2),
        ("市场提升", 2),
        ("运用工程", 1),
        ("转化", 2),
    ]:
        PAPERS.numbered(document, text, level)

    source = take_in(PAPERS.saved(document), "方案.docx")

    assert source.text.split("\n") == [
        "一、总体要求",
        "二、主要任务",
        "（一）保护工程",
        "1．严格保护",
        "2．市场提升",
        "（二）运用工程",
        "1．转化",
    ]


def test_word_document_leaves_out_deleted_words_and_keeps_inserted_ones():
    document = docx.Document()
    paragraph = document.add_paragraph("给予最高")
    for tag, inner in (("del", "<w:delText>10</w:delText>"), ("ins", "<w:t>20</w:t>")):
        paragraph._p.append(parse_xml(f'<w:{tag} {nsdecls("w")} w:id="1" w:author="a"><w:r>{inner}</w:r></w:{tag}>'))
    paragraph.add_run("万元奖励")

    assert take_in(PAPERS.saved(document), "a.docx").text == "给予最高20万元奖励"


def test_pdf_rejoins_wrapped_lines_and_drops_page_numbers():
    pages = [
        [
            (60, "某市行动方案"),
            (92, "一、主要任务"),
            (92, "（一）对认定的企业给予最高十万元奖励，用于开展知识"),
            (60, "产权保护和运用工作，由市级财政承担，具体办法另行制定。"),
            (92, "（二）支持企业建立知识产权管理体系并推动企业参与国家"),
            (280, "- 1 -"),
        ],
        [(60, "标准制定。"), (92, "二、保障措施"), (280, "- 2 -")],
    ]

    source = take_in(PAPERS.pdf(pages), "方案.pdf")

    assert source.format == "pdf"
    assert source.text.split("\n") == [
        "某市行动方案",
        "一、主要任务",
        "（一）对认定的企业给予最高十万元奖励，用于开展知识产权保护和运用工作，由市级财政承担，具体办法另行制定。",
        "（二）支持企业建立知识产权管理体系并推动企业参与国家标准制定。",
        "二、保障措施",
    ]


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("方案.txt", lambda: "\n".join(PLAN).encode("gb18030")),
        ("方案.html", lambda: ("<html><body>" + "".join(f"<p>{p}</p>" for p in PLAN) + "</body></html>").encode()),
        ("方案.docx", lambda: PAPERS.word(*PLAN)),
        ("方案.pdf", lambda: PAPERS.pdf([[(60, p[:30]) for p in PLAN[:3]] + [(92, TASK[:26]), (60, TASK[26:])]])),
    ],
)
def test_one_plan_reads_the_same_from_every_format(name, make):
    shaped = compile_file(make(), name).to_json()

    assert [t["title"] for t in shaped["tasks"]] == ["加强保护"]
    assert [u["name"] for u in shaped["tasks"][0]["units"]] == ["市科技局", "市财政局"]
    assert [i["max_amount_yuan"] for i in shaped["incentives"]] == [100000]


def _broken_zip() -> bytes:
    return PAPERS.word("某市行动方案")[:-200]


def _spoiled_member() -> bytes:
    whole = bytearray(PAPERS.word("某市行动方案" * 200))
    at = whole.find(b"word/document.xml") + 60
    whole[at : at + 40] = b"\x00" * 40
    return bytes(whole)


def _no_word_xml() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("word/document.xml", "<不是")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "make", "what", "todo"),
    [
        ("空.txt", lambda: b"", "文件是空的", "重新上传"),
        ("空白.txt", lambda: b" \r\n\t\n", "文件是空的", "重新上传"),
        ("大.txt", lambda: b"a" * (LARGEST + 1), "超过 20 MB", "只上传方案正文"),
        ("长.txt", lambda: ("字" * (LONGEST + 1)).encode(), "超过 200 万字", "只上传方案正文"),
        ("旧.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + b"x", "旧版 Word", ".docx"),
        ("旧.wps", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + b"x", ".wps", ".docx"),
        ("a.rtf", lambda: rb"{\rtf1\ansi abc}", "RTF", ".docx"),
        ("图.png", lambda: b"\x89PNG\r\n\x1a\n" + b"1" * 40, "图片", "OCR"),
        ("图.jpg", lambda: b"\xff\xd8\xff\xe0" + b"1" * 40, "图片", "OCR"),
        ("a.bin", lambda: bytes(range(256)) * 8, "二进制|不是文字", "txt"),
        ("a.txt", lambda: b"\x01\x02\x03\x04abc\x05\x06" * 40, "二进制", "txt"),
        ("坏.docx", _broken_zip, "损坏", "另存"),
        ("坏2.docx", _spoiled_member, "损坏", "另存"),
        ("坏3.docx", _no_word_xml, "损坏", "另存"),
        ("假.docx", lambda: "不是压缩包".encode(), "损坏", "另存"),
        ("表.xlsx", lambda: PAPERS.archive(xl__workbook_xml="<a/>"), "Excel", "方案正文"),
        ("文.ofd", lambda: PAPERS.archive(OFD_xml="<a/>"), "OFD", ".docx"),
        ("包.zip", lambda: PAPERS.archive(a_txt="abc"), "压缩包", "方案正文"),
        ("空.docx", lambda: PAPERS.word(""), "没有文字", "OCR"),
        ("空.html", lambda: b"<html><body><script>1</script></body></html>", "没有文字", "OCR"),
        ("扫描.pdf", lambda: PAPERS.pdf([[], []]), "没有文字层（2 页", "OCR"),
        ("坏.pdf", lambda: b"%PDF-1.4\nnothing", "损坏", "重新导出"),
        ("锁.pdf", PAPERS.locked_pdf, "密码", "去掉密码"),
        ("乱码.pdf", lambda: PAPERS.pdf([[(50, "\ue001\ue002\ue003\ue004" * 6)]]), "乱码", "OCR"),
    ],
)
def test_unreadable_file_is_refused_with_what_where_and_what_to_do(name, make, what, todo):
    with pytest.raises(UnreadableInput, match=what) as refused:
        compile_file(make(), name)

    assert refused.value.where == name
    assert todo in refused.value.todo


def _word(body: str) -> bytes:
    """A Word document with this XML as its body."""
    whole, out = io.BytesIO(), io.BytesIO()
    docx.Document().save(whole)
    with zipfile.ZipFile(whole) as package, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for member in package.namelist():
            document = f"<w:document {nsdecls('w')}><w:body>{body}</w:body></w:document>"
            made.writestr(member, document if member == "word/document.xml" else package.read(member))
    return out.getvalue()


def test_boxes_inside_boxes_are_read_once_each():
    deep = 40
    body = (
        "<w:p><w:r><w:txbxContent>" * deep
        + "<w:p><w:r><w:t>深</w:t></w:r></w:p>"
        + "</w:txbxContent></w:r></w:p>" * deep
    )

    assert take_in(_word(body), "方案.docx").text.count("深") == 1


def test_word_document_that_swells_is_refused_before_it_is_read():
    swollen = _word("<w:p/>" * (LARGEST_PART // 6 + 1))

    assert len(swollen) < LARGEST_PART // 50
    with pytest.raises(UnreadableInput, match="解开后过大"):
        take_in(swollen, "方案.docx")


def test_numbered_list_counts_on_whatever_its_start_says():
    assert html_text("<ol start=-1><li>甲<li>乙</ol><ol start=--5><li>丙</ol>") == "-1. 甲\n0. 乙\n1. 丙"
