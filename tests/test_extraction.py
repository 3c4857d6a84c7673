"""What readers get out of finished pages: marked, squeezed, hyphenated and vertical text, unchanged and in its order."""

import re

import pypdfium2
import pytest
from pypdf import PdfReader

from tests.finished import squeezed

PAPER = """key: read
name: 读报
format: {trim-width: 200mm, trim-height: 160mm, type-width: 170mm, type-height: 120mm, columns: 2, ems: 20, gutter: 2}
leading: 60%
"""
ISSUE = """paper: paper.yaml
number: 1
date: 2026-01-01
pages:
  - label: "01"
    sketch: A A
    areas:
      A: {story: story.md, head: {level: 5}, direction: DIRECTION}
"""
MARKED = (
    "着重号[点在字下]{.dots}，[北京]{.name}、[南京]{.name}各画各的，[论语]{.book}是浪线，注码[12]{.superior}高一些。"
    "[某某]{.framed}加框，[李明]{fit=3}同[欧阳修]{fit=3}一样长，[标题]{spaced=1/2}疏排，[一九八七]{.kept}不拆，**黑体[加点]{.dots}**。"
)
SQUEEZED = "他说：“‘三全’（‘四链’）。”《标点》、《符号》？！“好。”（行！）【是】；“不！！！”……——他走了。" * 3
MIXED = (
    "OpenType字体里的typographical features，hyphenation与justification，一行排不下就断字，internationalization也一样；2023年3月27日98%。"
    * 2
)
READ = '[汉字]{ruby="hàn zì"}上有拼音，[注音符號]{ruby="ㄓㄨˋ ㄧㄣ ㄈㄨˊ ㄏㄠˋ"}在右，[的]{ruby="˙ㄉㄜ"}是轻声。'
READERS = ("pdftotext -raw", "pypdf", "pdfium")


def plain(copy: str) -> str:
    """The words of copy without its signs."""
    return squeezed(re.sub(r"\*\*|\[|\]\{[^}]*\}", "", copy))


@pytest.fixture(scope="module")
def finished(tmp_path_factory, make_issue):
    """The PDF of a page with one story."""

    def make(copy, direction="level"):
        folder = tmp_path_factory.mktemp("read")
        (folder / "paper.yaml").write_text(PAPER, encoding="utf-8")
        (folder / "issue.yaml").write_text(ISSUE.replace("DIRECTION", direction), encoding="utf-8")
        (folder / "story.md").write_text(f"---\nheadline: 题\n---\n{copy}\n", encoding="utf-8")
        result = make_issue("build", folder / "issue.yaml", "--only", "print", "--out", folder)
        assert result.returncode == 0, result.stderr
        return folder / "read_20260101" / "print" / "read_20260101.pdf"

    return make


@pytest.fixture(scope="module")
def read(judge):
    def read(reader, file):
        if reader == "pypdf":
            return squeezed(PdfReader(file).pages[0].extract_text())
        if reader == "pdfium":
            return squeezed(pypdfium2.PdfDocument(file)[0].get_textpage().get_text_range())
        program, *options = reader.split()
        return squeezed(judge(program, "-enc", "UTF-8", *options, file, "-").stdout)

    return read


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("direction", ["level", "vertical"])
@pytest.mark.parametrize("copy", [MARKED, SQUEEZED], ids=["marked", "squeezed"])
def test_text_comes_back_as_it_was_written(copy, direction, reader, finished, read):
    assert plain(copy) in read(reader, finished(copy, direction))


@pytest.mark.parametrize("reader", READERS)
def test_hyphens_of_parted_words_are_soft(reader, finished, read):
    found = read(reader, finished(MIXED))

    assert "-" not in found
    assert plain(MIXED) in found.replace("\u00ad", "").replace("\ufffe", "")


@pytest.mark.parametrize("reader", READERS)
def test_readings_stand_beside_a_text_that_stays_whole(reader, finished, read):
    found = read(reader, finished(READ))

    assert plain(READ) in re.sub(r"[a-zà-ǜ\u3105-\u312f˙ˊˇˋ]", "", found)
    assert all(syllable in found for syllable in ("hàn", "zì", "ㄓ", "ˋ"))
