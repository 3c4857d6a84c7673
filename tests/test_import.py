"""What comes in: dumps, saved pages, Word and text become an issue that builds; nothing is lost, every guess is told."""

import io
import json
import re
import zipfile

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from layout.cli import main
from layout.diagnostics import Language, Span
from layout.incoming.dump import read_dump
from layout.incoming.files import MOST_TEXT
from layout.incoming.intake import import_files
from layout.incoming.page import read_page
from layout.incoming.word import read_word
from layout.incoming.words import bare, markdown_of
from layout.manifest.copy import ParagraphKind
from layout.manifest.source import Report, Scalar, parse_yaml, yaml_scalar
from layout.manifest.story import read_markdown
from layout.script.halfwidth import restore_marks

COPYFIT = {
    "overset",
    "underset",
    "areas-too-deep",
    "areas-too-shallow",
    "uneven-legs",
    "tombstone",
    "stacked-heads",
    "stranded-head",
}

DUMP = """\
春耕备耕全面展开水库清淤工程完工
第02版:综合 上一期  下一期 上一版 下一版
标题  站内高级搜索
第7期:第02版 本期出版日期:2023-03-27

我市各乡镇抢抓农时

春耕备耕全面展开

语音播报: 语音播报

本报讯(记者 王 伟)三月,麦田返青;农机手说:"墒情好."

田间管理

各村组织农技员下田,指导浇水(三遍)、施肥。

融媒体中心通讯员 李四

新闻评论0
友情链接
某某日报
Copyright © 2011 某县报智慧全媒体数字报 Corporation
地址:某县东街   邮编:467599
"""


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Import files in this process into the folder ``out``; return the status and the findings."""
    monkeypatch.chdir(tmp_path)

    def run(*names, options=()):
        status = main(["import", *names, "--out", "out", "--json", *options])
        return status, json.loads(capsys.readouterr().out or "[]")

    return run


def write(folder, **files):
    for name, data in files.items():
        (folder / name.replace("__", ".")).write_bytes(data.encode() if isinstance(data, str) else data)


def told(problems, code):
    return [f"{problem['file']}:{problem['line']}" for problem in problems if problem["code"] == code]


def check(folder, capsys):
    """Check an issue; return its status without copyfit and the codes of its findings."""
    main(["check", str(folder / "issue.yaml"), "--json"])
    return {problem["code"] for problem in json.loads(capsys.readouterr().out)}


# ---- dumps of pages ----------------------------------------------------------------------------------------------------


def test_a_dump_becomes_an_issue(run, tmp_path, capsys):
    write(tmp_path, dump__txt=DUMP)

    status, problems = run("dump.txt")

    assert status == 0
    issue = (tmp_path / "out" / "issue.yaml").read_text(encoding="utf-8")
    assert 'number: 7\ndate: 2023-03-27\npages:\n  - label: "02"\n    name: 综合\n' in issue
    assert (tmp_path / "out" / "stories" / "02-01.md").read_text(encoding="utf-8") == (
        "---\n"
        "# guess: kicker: it stands above the headline (dump.txt:6)\n"
        "# guess: headline: it stands in the page's list of titles (dump.txt:8)\n"
        "# guess: byline: it names a reporter and is no sentence (dump.txt:18)\n"
        "# guess: dateline: it reads like a dateline and begins the first paragraph (dump.txt:12)\n"
        "# guess: subhead 田间管理: it is a short line between paragraphs (dump.txt:14)\n"
        "kicker: 我市各乡镇抢抓农时\n"
        "headline: 春耕备耕全面展开\n"
        "byline: 融媒体中心通讯员\u3000李四\n"
        "dateline: 本报讯（记者\u3000王伟）\n"
        "---\n"
        "三月，麦田返青；农机手说：“墒情好。”\n\n## 田间管理\n\n各村组织农技员下田，指导浇水（三遍）、施肥。\n"
    )
    paper = (tmp_path / "out" / "paper.yaml").read_text(encoding="utf-8")
    assert paper == "key: out\nname: 某县报\nformat: 对开\nimprint:\n  address: 某县东街\n  postcode: 467599\n"
    assert ["dump.txt:6", "dump.txt:8", "dump.txt:18", "dump.txt:12", "dump.txt:14"] == told(problems, "import-guess")
    assert ["dump.txt:1"] == told(problems, "import-unsorted")
    assert check(tmp_path / "out", capsys) <= COPYFIT


@pytest.mark.parametrize(
    ("head", "wanted"),
    [
        pytest.param(["春天来了"], {"headline": ["春天来了"]}, id="one line"),
        pytest.param(
            ["我市各乡镇抢抓农时忙春耕", "春天来了"],
            {"kicker": ["我市各乡镇抢抓农时忙春耕"], "headline": ["春天来了"]},
            id="the shorter of two below",
        ),
        pytest.param(
            ["春天来了", "我市各乡镇抢抓农时忙春耕"],
            {"headline": ["春天来了"], "deck": ["我市各乡镇抢抓农时忙春耕"]},
            id="the shorter of two above",
        ),
        pytest.param(["春天来了", "——记某某村"], {"headline": ["春天来了"], "deck": ["——记某某村"]}, id="dash"),
        pytest.param(
            ["引题在上", "主题在中", "副题在下"],
            {"kicker": ["引题在上"], "headline": ["主题在中"], "deck": ["副题在下"]},
            id="three lines",
        ),
        pytest.param(["春天来了", "本报记者 王伟"], {"headline": ["春天来了"], "byline": ["本报记者 王伟"]}, id="byline above the text"),
        pytest.param(["春天来了", "记者 张三 通讯员 李四 文/图"], {"byline": ["记者 张三 通讯员 李四 文/图"]}, id="two writers"),
        pytest.param(["记者节怎么过", "本报记者 王伟"], {"headline": ["记者节怎么过"]}, id="a headline about reporters"),
    ],
)  # fmt: skip
def test_the_lines_of_a_head(head, wanted, tmp_path):
    intake = read_dump(tmp_path, "\n\n".join([*head, "正文第一段。", "正文第二段。"]), "a.txt")

    (article,) = intake.articles
    found = {part: [line.text for line in getattr(article, part)] for part in ("kicker", "headline", "deck", "byline")}
    assert wanted == {part: found[part] for part in wanted}
    assert ["正文第一段。", "正文第二段。"] == [passage.markdown for passage in article.passages]


@pytest.mark.parametrize(
    ("first", "dateline"),
    [
        ("新华社北京3月26日电（记者 张三）三月二十六日。", "新华社北京3月26日电（记者 张三）"),
        ("本报讯 今天。", "本报讯"),
        ("本报北京3月26日讯 今天。", "本报北京3月26日讯"),
        ("本报讯号称最快。", "本报讯"),
        ("新华社的消息说。", ""),
        ("今天，本报讯。", ""),
    ],
)
def test_datelines(first, dateline, tmp_path):
    (article,) = read_dump(tmp_path, f"题目\n\n{first}\n", "a.txt").articles

    assert dateline == "".join(line.text for line in article.dateline)


@pytest.mark.parametrize(
    "between",
    [
        pytest.param("本报记者 王伟\n题目二", id="a byline"),
        pytest.param("题目二\n副题二有很长的一行", id="two short lines"),
        pytest.param("题目二\n本报讯 近日。", id="a dateline"),
    ],
)
def test_where_a_second_article_begins(between, tmp_path):
    text = f"题目一\n\n正文一。\n\n{between}\n\n正文二。\n"

    intake = read_dump(tmp_path, text, "a.txt")

    assert ["题目一", "题目二"] == [article.headline[0].text for article in intake.articles]


def test_a_caption_without_its_picture_is_told(run, tmp_path):
    write(tmp_path, a__txt="题目\n\n正文一。\n\n图为麦田。 李四 摄\n")

    _, problems = run("a.txt")

    assert ["a.txt:5"] == told(problems, "import-unsorted")
    assert "图为麦田。 李四 摄" in (tmp_path / "out" / "unsorted.md").read_text(encoding="utf-8")


def test_quotes_that_do_not_pair_are_told(run, tmp_path):
    write(tmp_path, a__txt='题目\n\n他说:“好。\n\n她说：“好。”\n\n“他说：“好。””\n\n他说：好"。\n')

    _, problems = run("a.txt")

    assert ["a.txt:3", "a.txt:7", "a.txt:9"] == told(problems, "import-quotes")


# ---- saved pages -------------------------------------------------------------------------------------------------------

ARTICLE = """\
<HTML><HEAD><META content="text/html; charset={charset}"><script>document.write("<p>脚本。</p>")</script></HEAD><BODY>
<a id=pageLink href=node_2.htm>第02版：综合</a> <a href="content_9.htm">上一篇</a>
<!--<npm:article-pretitle>-->引题的话<!--</npm:article-pretitle>-->
<founder-title><!--<npm:article-title>-->{title}<BR>第二行<!--</npm:article-title>--></founder-title>
<!--<npm:article-subtitle>-->副题的话<!--</npm:article-subtitle>-->
<founder-author><!--<npm:article-author>-->本报记者 王　伟<!--</npm:article-author>--></founder-author>
<!--<npm:article-pic>--><img src="../res/1.png"><!--</npm:article-pic>-->
<!--<npm:article-pic-text>-->图为现场。<!--</npm:article-pic-text>-->
<div id="ozoom"><style>p {{}}</style><!--enpcontent--><P>　　本报讯 第一段,有&nbsp;空格<P><p>第二段&lt;尖括号&gt;。</p></P><!--/enpcontent--></div>
</BODY></HTML>
"""
NODE = """\
<html><!--enpproperty <founder-date>2017-10-09 23:59:57</founder-date><founder-pagenum>02</founder-pagenum>
<founder-papername>某报</founder-papername><founder-type>2</founder-type> /enpproperty-->
<a id=pageLink href=node_2.htm>第02版：综合</a><img width=350 height=550 USEMAP=#PagePicMap>
<MAP NAME="pagepicmap"><Area coords="2,50,348,50,348,250,2,250" href="content_1.htm?div=-1">
<Area coords="2,252,170,540" href="content_2.htm"><Area coords="176,252,348,252,348,540,176,540" href="content_3.htm"></MAP>
<a href="content_1.htm"><div>春</div></a><a href="content_4.htm">没有给的一篇</a></html>
"""


def save_pages(folder, node=NODE):
    """Save a page and its three articles, whose encodings are not those that they say."""
    (folder / "html").mkdir()
    (folder / "res").mkdir()
    Image.new("RGB", (60, 40), "gray").save(folder / "res" / "1.png")
    pages = {
        "content_1.htm": ("utf-8", "gbk", "春"),
        "content_2.htm": ("gb2312", "utf-8", "夏"),
        "content_3.htm": ("gbk", "gb18030", "秋"),
    }
    for name, (said, encoding, title) in pages.items():
        (folder / "html" / name).write_bytes(ARTICLE.format(charset=said, title=title).encode(encoding))
    (folder / "html" / "node_2.htm").write_bytes(node.encode("gbk"))
    return [f"html/{name}" for name in (*pages, "node_2.htm")]


def test_saved_pages_become_an_issue_with_the_sketch_of_their_map(run, tmp_path, capsys):
    status, problems = run(*save_pages(tmp_path))

    assert status == 0
    issue = (tmp_path / "out" / "issue.yaml").read_text(encoding="utf-8")
    assert 'date: 2017-10-09\npages:\n  - label: "02"\n    name: 综合\n' in issue
    assert "      A A A A A A A A\n      B B B B C C C C\n" in issue
    assert (tmp_path / "out" / "stories" / "02-02.md").read_text(encoding="utf-8") == (
        "---\n"
        "# guess: dateline: it reads like a dateline and begins the first paragraph (content_2.htm:9)\n"
        "# picture: pictures/02-02-1.png\n"
        "kicker: 引题的话\n"
        "headline: |\n  夏\n  第二行\n"
        "deck: 副题的话\n"
        "byline: 本报记者\u3000王伟\n"
        "dateline: 本报讯\n"
        "---\n"
        "第一段，有\u00a0空格\n\n第二段<尖括号>。\n"
    )
    assert (tmp_path / "out" / "pictures" / "02-02-1.png").read_bytes() == (tmp_path / "res" / "1.png").read_bytes()
    assert "html/node_2.htm:6" in told(problems, "import-unsorted")
    assert "脚本" not in "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "out").rglob("*.md"))
    assert not [code for code in check(tmp_path / "out", capsys) if code not in COPYFIT]


def test_the_links_to_all_pages_name_the_section_of_this_one(run, tmp_path):
    links = "<a id=pageLink href=node_1.htm>第01版：要闻</a><a id=pageLink href=node_2.htm>第02版：综合</a>"
    node = NODE.replace("<a id=pageLink href=node_2.htm>第02版：综合</a>", links)
    save_pages(tmp_path, node)
    page = (
        (tmp_path / "html" / "content_1.htm")
        .read_text(encoding="gbk")
        .replace("<a id=pageLink href=node_2.htm>第02版：综合</a>", links)
    )
    write(tmp_path / "html", content_1__htm=page, content_9__htm=page)

    _, problems = run("html/content_1.htm", "html/node_2.htm", "html/content_9.htm")

    issue = (tmp_path / "out" / "issue.yaml").read_text(encoding="utf-8")
    assert '  - label: "02"\n    name: 综合\n' in issue
    assert "html/content_9.htm:0" in told(problems, "import-no-fact")


def test_a_map_whose_areas_overlap_makes_a_plain_sketch(run, tmp_path):
    _, problems = run(*save_pages(tmp_path, NODE.replace("2,252,170,540", "2,60,170,540")))

    assert told(problems, "import-plain-sketch")
    assert "      A A A A A A A A\n      B B B B B B B B\n" in (tmp_path / "out" / "issue.yaml").read_text(encoding="utf-8")


def test_a_page_without_fields_is_read_like_text(run, tmp_path):
    page = (
        "<html><body><a href=x>春天来了真好啊</a><div>引题</div><div>春天来了真好啊</div><p>正文<b>一</b>。</p></body></html>"
    )
    write(tmp_path, a__html=page)

    run("a.html")

    story = (tmp_path / "out" / "stories" / "01-01.md").read_text(encoding="utf-8")
    assert "kicker: 引题\nheadline: 春天来了真好啊\n---\n正文一。\n" in story


def test_headings_are_the_head_where_no_field_is(run, tmp_path):
    page = (
        "<html><h3>引题</h3><h1>主题</h1><h2>副题</h2><div id=ozoom><h2>小标题。</h2><p>正文。</p></div>"
        "<!--enpproperty <date>2026-05-17 00:00:00:0</date><author>本报记者 王伟</author><title>另写的题</title>/enpproperty--></html>"
    )
    write(tmp_path, a__html=page)

    run("a.html")

    story = (tmp_path / "out" / "stories" / "01-01.md").read_text(encoding="utf-8")
    head = "kicker: 引题\nheadline: 主题\ndeck: 副题\nbyline: 本报记者\u3000王伟\n---\n小标题。\n\n正文。\n"
    assert story.endswith(head)
    assert "date: 2026-05-17" in (tmp_path / "out" / "issue.yaml").read_text(encoding="utf-8")


def test_a_picture_that_is_no_picture_stays_where_it_is(run, tmp_path):
    write(
        tmp_path, secret="a secret", a__htm="<founder-title>题</founder-title><div id=ozoom><img src=secret><p>文。</p></div>"
    )

    status, problems = run("a.htm")

    assert (0, ["a.htm:1"]) == (status, told(problems, "import-no-picture"))
    assert not (tmp_path / "out" / "pictures").exists()


# ---- Word and plain text -----------------------------------------------------------------------------------------------


def word(*blocks):
    """Return a Word file; a block is a pair of style and text, or a function of the document."""
    document = docx.Document()
    for block in blocks:
        if callable(block):
            block(document)
        else:
            document.add_paragraph(block[1], block[0])
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def bold(document):
    paragraph = document.add_paragraph("第一段,有")
    paragraph.add_run("黑体字").bold = True
    paragraph.add_run("和*星号*。")


def table(document):
    cells = document.add_table(2, 2)
    for number, text in enumerate(["甲|乙", "丙", "1", "2\n3"]):
        cells.cell(number // 2, number % 2).text = text


def picture(document):
    buffer = io.BytesIO()
    Image.new("L", (8, 8)).save(buffer, "PNG")
    buffer.seek(0)
    document.add_picture(buffer)


def page_head(document):
    document.sections[0].header.paragraphs[0].text = "页眉文字"


def text_box(document):
    run = document.add_paragraph("框外。").add_run()
    box = docx.oxml.parse_xml(
        '<w:pict xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:txbxContent><w:p><w:r>'
        "<w:t>框里的话。</w:t></w:r></w:p></w:txbxContent></w:pict>"
    )
    run._r.append(box)


def symbol(document):
    run = document.add_paragraph("符号。").add_run()
    run._r.append(
        docx.oxml.parse_xml(
            '<w:sym xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" w:font="Wingdings" w:char="F0E0"/>'
        )
    )


def changes(document):
    paragraph = document.add_paragraph("改稿，")
    for kind, text in (("ins", "t"), ("del", "delText")):
        paragraph._p.append(
            docx.oxml.parse_xml(
                f'<w:{kind} xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:r><w:{text}>{kind}。</w:{text}>'
                f"</w:r></w:{kind}>"
            )
        )


def test_a_word_file_becomes_a_story(run, tmp_path, capsys):
    data = word(
        ("Normal", "引题在此"),
        ("Title", "题目"),
        ("Subtitle", "副题"),
        ("Normal", "本报记者 王伟"),
        bold,
        ("Heading 1", "小标题"),
        ("List Bullet", "一项"),
        ("List Number", "甲项"),
        ("List Number", "乙项"),
        table,
        text_box,
        changes,
        symbol,
        picture,
        ("Normal", "末段。"),
        page_head,
    )
    write(tmp_path, a__docx=data)

    status, problems = run("a.docx")

    assert status == 0
    story = (tmp_path / "out" / "stories" / "01-01.md").read_text(encoding="utf-8")
    assert "kicker: 引题在此\nheadline: 题目\ndeck: 副题\nbyline: 本报记者\u3000王伟\n---\n" in story
    assert story.split("---\n")[2] == (
        "第一段，有**黑体字**和\\*星号\\*。\n\n## 小标题\n\n- 一项\n\n1. 甲项\n\n2. 乙项\n\n"
        "| 甲\\|乙 | 丙 |\n| --- | --- |\n| 1 | 2 3 |\n\n框外。\n\n框里的话。\n\n改稿，ins。\n\n符号。\n\n末段。\n"
    )
    left = (tmp_path / "out" / "unsorted.md").read_text(encoding="utf-8")
    assert "页眉文字" in left
    assert "del。" in left
    assert "U+F0E0 Wingdings" in left
    assert (tmp_path / "out" / "pictures" / "01-01-1.png").is_file()
    assert 3 == len(told(problems, "import-unsorted"))
    assert check(tmp_path / "out", capsys) <= COPYFIT


def test_footnotes_are_told_at_their_mark(run, tmp_path):
    data = word(("Title", "题目"), ("Normal", "正文。"))
    write(tmp_path, a__docx=with_footnote(data, "注的话。"))

    _, problems = run("a.docx")

    assert ["a.docx:2"] == told(problems, "import-unsorted")
    assert "注的话。" in (tmp_path / "out" / "unsorted.md").read_text(encoding="utf-8")


def with_footnote(data, words):
    """Return a Word file with a footnote at the end of its last paragraph."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    notes = f'<w:footnotes {space}><w:footnote w:id="2"><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:footnote></w:footnotes>'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    relation = '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes" Target="footnotes.xml"/>'
    changes = {
        "word/document.xml": ("正文。</w:t></w:r>", '正文。</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>'),
        "word/_rels/document.xml.rels": ("</Relationships>", relation + "</Relationships>"),
        "[Content_Types].xml": ("</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'),
    }
    return rezipped(data, changes, {"word/footnotes.xml": notes})


def rezipped(data, changes=(), more=()):
    """Return an archive with some of its parts changed, and more parts."""
    buffer = io.BytesIO()
    changes = dict(changes)
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            if name in changes:
                before, after = (part.encode() for part in changes[name])
                assert before in text
                text = text.replace(before, after, 1)
            new.writestr(name, text)
        for name, text in dict(more).items():
            new.writestr(name, text)
    return buffer.getvalue()


def zipped(**files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return buffer.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_plain_text_in_any_encoding(encoding, run, tmp_path):
    write(tmp_path, a__txt="题目\r\n\r\n正文一。\r\n正文二。\r\n".encode(encoding))

    run("a.txt")

    assert (
        (tmp_path / "out" / "stories" / "01-01.md")
        .read_text(encoding="utf-8")
        .endswith("headline: 题目\n---\n正文一。\n\n正文二。\n")
    )


def test_text_that_is_sound_in_both_encodings_is_utf_8(run, tmp_path):
    data = "题目\n\n春天来了。好了了\n"
    assert data != data.encode().decode("gb18030")
    write(tmp_path, a__txt=data)

    run("a.txt")

    assert (tmp_path / "out" / "stories" / "01-01.md").read_text(encoding="utf-8").endswith("春天来了。好了了\n")


# ---- bad input ---------------------------------------------------------------------------------------------------------


def bomb():
    return rezipped(word(("Title", "题")), more={"word/media/a.bin": b"\0" * (80 << 20)})


BAD = {
    "empty": (b"", "import-empty"),
    "white": (b" \n\t\n", "import-empty"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(200), "import-kind"),
    "pdf": (b"%PDF-1.7\n", "import-kind"),
    "old Word": (b"\xd0\xcf\x11\xe0" + bytes(600), "import-kind"),
    "binary": (bytes(range(256)) * 20, "import-kind"),
    "zeros": (bytes(5000), "import-kind"),
    "zip that is none": (b"PK\x03\x04" + bytes(50), "import-broken"),
    "zip of other things": (rezipped(zipped(a="a")), "import-kind"),
    "half a Word file": (word(("Title", "题"))[:9000], "import-broken"),
    "Word without its document": (
        rezipped(word(("Title", "题")), {"word/document.xml": ("<w:body>", "<w:body><")}), "import-broken"),
    "zip bomb": (bomb(), "import-bomb"),
    "huge": (("字" * (MOST_TEXT // 3 + 9)).encode(), "import-too-large"),
    "deep": (("<html><body>" + "<div>" * 100_000 + "深。").encode(), "import-too-deep"),
    "no article": ("只有一行".encode(), "import-no-article"),
    "two encodings": ("第一行的话，是这样的。\n".encode() + "第二行，镕".encode("gb18030") + b"\n", "import-encodings"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_told_and_nothing_is_written(name, run, tmp_path):
    data, code = BAD[name]
    write(tmp_path, bad=data, good__txt="题目\n\n正文。\n")

    status, problems = run(*(["bad"] if code == "import-no-article" else ["good.txt", "bad"]))

    assert (1, [code]) == (status, [problem["code"] for problem in problems if problem["severity"] == "error"])
    assert {"bad"} == {problem["file"] for problem in problems if problem["severity"] == "error"}
    assert ["bad", "good.txt"] == sorted(path.name for path in tmp_path.iterdir())


def test_the_line_on_which_the_encoding_changes_is_named(run, tmp_path):
    write(tmp_path, bad=BAD["two encodings"][0])

    assert ["bad:2"] == told(run("bad")[1], "import-encodings")


@pytest.mark.parametrize(
    "text", ["<a ", "<!--", '<a b="', "</a ", "<", "<!", "<?", "<![CDATA[", "<p><b>", "&a", "<table>", "<script>"]
)
def test_broken_markup_without_end_is_read_at_once(text, run, tmp_path):
    write(tmp_path, a__htm="<html><body><p>题目</p><p>正文一。</p>" + text * 60_000)

    status, problems = run("a.htm")

    assert (status == 1) == any(problem["severity"] == "error" for problem in problems)


@given(text=st.text("记者通讯员张三 、:：/摄影文图（）王", max_size=60))
@settings(max_examples=100)
def test_no_line_takes_long_to_judge(tmp_path_factory, text):
    read_dump(tmp_path_factory.getbasetemp(), "题\n" + text * 3 + "\n正文。", "a.txt")


def test_entities_of_a_word_file_are_refused(run, tmp_path):
    text = ("<w:document", '<!DOCTYPE w [<!ENTITY a "aa">]><w:document')
    write(tmp_path, bad__docx=rezipped(word(("Title", "题"), ("Normal", "文。")), {"word/document.xml": text}))

    assert (1, ["bad.docx:0"]) == (run("bad.docx")[0], told(run("bad.docx")[1], "import-broken"))


def test_other_issues_are_told_apart(run, tmp_path):
    write(tmp_path, a__txt=DUMP, b__txt=DUMP.replace("第7期", "第8期"))

    status, problems = run("a.txt", "b.txt")

    assert (1, ["b.txt:0"]) == (status, told(problems, "import-other-issue"))


# ---- the folder --------------------------------------------------------------------------------------------------------


def test_a_folder_is_not_overwritten_without_force(run, tmp_path):
    write(tmp_path, a__txt="题目\n\n正文。\n")
    (tmp_path / "out").mkdir()
    write(tmp_path / "out", mine="mine")

    assert main(["import", "a.txt", "--out", "out"]) == 2
    assert ["mine"] == [path.name for path in (tmp_path / "out").iterdir()]

    run("a.txt", options=["--force"])

    assert (tmp_path / "out" / "issue.yaml").is_file()
    assert ["mine"] == [path.name for path in (tmp_path / "out.before").iterdir()]


def test_the_folder_that_one_stands_in_is_never_moved(run, tmp_path):
    write(tmp_path, a__txt="题目\n\n正文。\n")

    assert main(["import", "a.txt", "--out", ".", "--force"]) == 2
    assert ["a.txt"] == [path.name for path in tmp_path.iterdir()]


def test_the_paper_is_copied_and_gives_the_columns(run, tmp_path):
    paper = "key: tiny\nname: 小报\nformat: 四开\nmasthead: {art: logo.svg}\nfonts: {song: ../song.ttf}\n"
    write(tmp_path, a__txt="题目\n\n正文。\n", p__yaml=paper, logo__svg="<svg/>")

    status, problems = run("a.txt", options=["--paper", "p.yaml"])

    assert (0, []) == (status, told(problems, "import-paper-name"))
    assert (tmp_path / "out" / "paper.yaml").read_text(encoding="utf-8") == paper
    assert (tmp_path / "out" / "logo.svg").read_text() == "<svg/>"
    assert "      A A A A A\n" in (tmp_path / "out" / "issue.yaml").read_text(encoding="utf-8")


# ---- laws --------------------------------------------------------------------------------------------------------------

ROWS = st.one_of(
    st.sampled_from([row for row in DUMP.split("\n") if row]),
    st.text('字句。，,;()"“”*_#[]{}<>&|`~1.-+= 　', max_size=30),
    st.text(max_size=20),
)


def inked(text):
    """Return the characters of a text that white and restored marks do not change, in their order."""
    return sorted(sign for sign in restore_marks(bare(text)) if not sign.isspace())


@given(rows=st.lists(ROWS, max_size=14))
@settings(max_examples=200)
def test_no_character_of_a_text_is_lost(rows, tmp_path_factory):
    """Stories, furniture and the unsorted hold all characters of the input, restored marks aside."""
    text = "\n".join(rows)
    intake = read_dump(tmp_path_factory.getbasetemp(), text, "a.txt")

    assert kept_in(intake) == sorted("".join(loose(bare(row)) for row in text.split("\n")))


def kept_in(intake):
    """Return all characters of what was found in a file."""
    heads = [line for article in intake.articles for line in (*article.kicker, *article.headline, *article.deck)]
    heads += [line for article in intake.articles for line in (*article.byline, *article.dateline)]
    lines = [left.line for left in (*intake.furniture, *intake.unsorted)] + heads
    kept = [restore_marks(line.text) for line in lines]
    kept += [told_text(passage.markdown) for article in intake.articles for passage in article.passages]
    return sorted("".join(map(loose, kept)))


_FOUNDER = ["founder-title", "founder-author", "founder-content", "founder-subtitle"]
TAGS = st.sampled_from(["p", "div", "b", "a", "td", "span", "option", *_FOUNDER])
COMMENTS = st.sampled_from(
    ["<!--<npm:article-title>-->", "<!--enpcontent-->", "<!--/enpcontent-->", "<!--<npm:article-pic-text>-->"]
)
WORDS = ROWS.map(lambda row: row.translate({ord(sign): None for sign in "\0<>&\r"}))
NODES = st.recursive(
    WORDS | COMMENTS,
    lambda inner: st.tuples(TAGS, st.lists(inner, max_size=4)).map(lambda node: f"<{node[0]}>{''.join(node[1])}</{node[0]}>"),
)


@given(nodes=st.lists(NODES, max_size=6))
@settings(max_examples=200)
def test_no_character_of_a_page_is_lost(nodes, tmp_path_factory):
    page = "<html><body>" + "".join(nodes) + "</body></html>"

    intake = read_page(tmp_path_factory.getbasetemp() / "a.htm", page, "a.htm", Report())

    text = re.sub("<!--.*?-->|<[^>]*>", "\n", page)
    assert kept_in(intake) == sorted("".join(loose(bare(row)) for row in text.split("\n")))


STYLES = st.sampled_from(["Normal", "Normal", "Normal", "Title", "Subtitle", "Heading 1", "List Bullet", "List Number"])
PLAIN = ROWS.map(lambda row: "".join(filter(str.isprintable, row)))


@given(blocks=st.lists(st.tuples(STYLES, st.lists(st.tuples(PLAIN, st.booleans()), max_size=4)), min_size=1, max_size=8))
@settings(max_examples=60)
def test_no_character_of_a_word_file_is_lost(blocks, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / "a.docx"
    path.write_bytes(word(*(paragraph_of(style, runs) for style, runs in blocks)))

    intake = read_word(path, "a.docx", Report())

    assert kept_in(intake) == sorted(loose(bare("".join(text for _, runs in blocks for text, _ in runs))))


def paragraph_of(style, runs):
    def add(document):
        paragraph = document.add_paragraph("", style)
        for text, is_bold in runs:
            paragraph.add_run(text).bold = is_bold

    return add


MARKS = str.maketrans("，；：？！（）“”。", ',;:?!()"".')


def loose(text):
    """Return a text without white, its full-width marks as the ASCII ones that they may have been."""
    return "".join(text.translate(MARKS).split())


def told_text(markdown):
    """Return the text of a passage as the engine reads it, white as it stands; it has no finding of markup."""
    report = Report()
    paragraphs = list(read_markdown(markdown, Span("a.md", 1, 1), report))
    assert not [problem for problem in report.problems if problem.code in ("markup", "stray-mark", "no-table", "no-container")]
    is_item = paragraphs and paragraphs[0].kind is ParagraphKind.ITEM
    return "".join(paragraph.text for paragraph in paragraphs)[1 if is_item else 0 :]


@given(text=st.text("字。*_#[]{}<>&|`~!1.)-+=:\\/amp; ", max_size=40).map(bare).filter(bool))
@settings(max_examples=400)
def test_markdown_of_a_line_is_read_as_the_line(text):
    report = Report()

    (paragraph,) = read_markdown(markdown_of(text), Span("a.md", 1, 1), report)

    assert {problem.code for problem in report.problems} <= {"halfwidth-mark"}  # marks that may stand for several
    assert loose(text) == loose(paragraph.text)


@given(words=st.text(max_size=20) | st.text("字“”：: #-'\"a1，\u3000", min_size=1, max_size=12))
@settings(max_examples=200)
def test_a_yaml_scalar_is_read_as_its_words(words):
    node = parse_yaml(f"key: {yaml_scalar(words)}\n", "a.yaml", Report())

    assert isinstance(value := node.get("key"), Scalar)
    assert words == value.text


WHOLE = word(("Title", "题目"), bold, ("List Number", "甲"), table, text_box, changes, symbol, picture, page_head)
PARTS = ["word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml", "word/styles.xml", "word/numbering.xml"]


@given(
    part=st.sampled_from(PARTS),
    place=st.floats(0, 1),
    cut=st.integers(0, 60),
    signs=st.sampled_from(["", "<", ">", '"', "</w:p>", "<w:p>", "&", 'w:id="9"', "<!--", "字"]),
)
@settings(max_examples=100)
def test_a_damaged_word_file_is_read_or_told(part, place, cut, signs, tmp_path_factory):
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as archive:
        text = archive.read(part).decode()
    start = int(place * len(text))
    path = tmp_path_factory.getbasetemp() / "damaged.docx"
    path.write_bytes(rezipped(WHOLE, {part: (text, text[:start] + signs + text[start + cut :])}))

    made = import_files([path], None, "a", Language.EN)

    assert made.files or made.problems


@given(rows=st.lists(ROWS, min_size=1, max_size=14))
@settings(max_examples=60)
def test_the_same_input_gives_the_same_bytes_and_marks_restored_once_stay(rows, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / "a.txt"
    path.write_text("题目\n\n正文。\n\n" + "\n".join(rows), encoding="utf-8", errors="replace")

    first = import_files([path], None, "a", Language.EN)

    assert first == import_files([path], None, "a", Language.EN)
    for passage in (
        passage for article in read_dump(path, path.read_text(encoding="utf-8"), "a").articles for passage in article.passages
    ):
        assert restore_marks(passage.markdown) == passage.markdown
