"""An issue with all that an archive must tell apart: heads over several stories, jumps, tables, lines that go down, pictures."""

from pathlib import Path

from PIL import Image

PAPER = """key: kept
name: 存报
format: 对开
taboos: {widow: off, stranded-head: off, through-gap: off, stacked-heads: off, tombstone: off, unclear-run: off}
"""
SENTENCE = "版心有多高，行就有多少；行与行一样远，栏与栏才对得齐。"
ROWS = "\n".join(f"| 第{number}行 | {number * 7} |" for number in range(1, 40))
LEAD = f"""---
column-title: 本报评论
kicker: 存档的道理
headline: |
  一张报纸
  的行数
short: 报纸的行数
deck: ——记一格一行
byline: 本报通讯员
dateline: 本报讯
summary: [行是量出来的, 栏是算出来的]
---
{SENTENCE * 3}[汉字]{{ruby="hàn zì"}}注音，**黑体**与*楷体*，&lt;b&gt;不是标记&lt;/b&gt; &amp; \\_\\#，注[1]{{.superior}}。

## 再说几句

::: pull
行与行一样远
:::

{SENTENCE * 2}

| 行 | 数 |
| --- | --- |
{ROWS}

> {SENTENCE}

- {SENTENCE}

1. {SENTENCE}

{SENTENCE * 8}
"""
DOWN = (
    "---\nheadline: 竖排的道理\n---\n" + "他说：“竖排从右到左。”2026年共有12个月，the page也一样。" * 90 + "\n\n" + SENTENCE * 5
)
LATIN = (
    "---\nheadline: 英文\n---\n"
    + "".join(f"{SENTENCE[:number]} characteristically internationalization" for number in range(1, 20))
    + "完。\n"
)
ISSUE = """paper: paper.yaml
number: 8
date: 2026-01-01
pages:
  - label: A01
    name: 存档
    sketch: |
      H H H H H H H H
      A A A A A A A A
      B B B B C C C C
    rows: [6, 24, auto]
    areas:
      H: {headline: {headline: 两篇在下面}, over: [A, B], head: {level: 4}}
      A: {story: lead.md, head: {level: 5}, jump: A02}
      B: {story: down.md, direction: vertical, columns: 2, head: {level: 5}}
      C: {story: latin.md, head: {level: 5}, insets: [{picture: grey.png, leg: 2, at: top, caption: 灰, credit: 甲摄}]}
  - label: A02
    sketch: |
      A A A A A A A A
      G G G G N N N N
      V V V V V V V V
    areas:
      A: {rest: lead.md, columns: 4}
      G: {pictures: [{picture: grey.png, caption: 左}, {picture: grey.png}], caption: 两张灰图, credit: 乙摄, depth: 10-40}
      N: {note: "先看题，再看文。", title: 提示}
      V: {advert: wide.png, size: 1/4, title: 灰色}
"""


def write_kept(folder: Path, archive: str = "") -> Path:
    """Write the issue and its paper, with what that says of its archive; return the issue's file."""
    Image.new("L", (2400, 1800), 128).save(folder / "grey.png")
    Image.new("L", (3500, 1225), 128).save(folder / "wide.png")
    texts = {"paper.yaml": PAPER + archive, "issue.yaml": ISSUE, "lead.md": LEAD, "down.md": DOWN, "latin.md": LATIN}
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder / "issue.yaml"
