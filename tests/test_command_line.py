"""The command line as a user and a script meet it: statuses, streams, files and findings."""

import copy
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import jsonschema
import pytest
import yaml

from layout.cli import main
from layout.export.files import write_file
from tests.conftest import ROOT, SAMPLE

PAPER = """\
key: tiny
name: 小报
format: {trim-width: 220mm, trim-height: 170mm, type-width: 200mm, type-height: 130mm, columns: 3, ems: 13, gutter: 1}
"""
ISSUE = """\
paper: paper.yaml
number: 7
date: 2023-03-27
pages:
  - label: "01"
    name: 要闻
    sketch: AAA
    areas:
      A: {story: a.md, head: {level: 5}}
"""
FRONT = "---\nheadline: 春天来了\n---\n"
TEXT = ("春风又绿江南岸，明月何时照我还。" * 99)[:500]
PRINT_FILES = ["build/tiny_20230327/print/tiny_20230327.pdf", "build/tiny_20230327/print/tiny_20230327_0001.pdf"]
PROOF_FILES = [
    f"build/tiny_20230327/proof/{name}" for name in ("report.json", "tiny_20230327_0001.png", "tiny_20230327_0001.txt")
]


def snapshot(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def files_of(folder):
    return sorted(snapshot(folder))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with a small issue that has no findings; it is the working folder."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path, **{"paper.yaml": PAPER, "issue.yaml": ISSUE, "a.md": FRONT + TEXT + "\n"})
    return tmp_path


def write(folder, **texts):
    for name, text in texts.items():
        (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)


@pytest.fixture
def findings(folder, capsys):
    """Check the issue in this process; return the findings of western marks between Han."""

    def findings(*options):
        main(["check", "issue.yaml", "--json", *options])
        return [problem for problem in json.loads(capsys.readouterr().out) if problem["code"] == "halfwidth-mark"]

    return findings


# ---- help and wrong use ----------------------------------------------------------------------------------------------


def test_help_lists_every_verb_with_an_example(make_issue):
    result = make_issue("--help")

    verbs = re.findall(r"^    (\w+) {2,}\S", result.stdout, re.MULTILINE)
    assert ["build", "check", "archive", "new", "import", "schema"] == verbs
    assert [] == [verb for verb in verbs if f"make_issue.py {verb} " not in result.stdout.split("examples:")[1]]
    assert (0, "") == (result.returncode, result.stderr)


@pytest.mark.parametrize("verb", ["build", "check", "archive", "new", "import", "schema", "preflight"])
def test_every_verb_has_help(verb, make_issue):
    result = make_issue(verb, "--help")

    assert (0, "") == (result.returncode, result.stderr)
    assert result.stdout.startswith(f"usage: make_issue.py {verb} ")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param([], "VERB", id="nothing"),
        pytest.param(["build"], "ISSUE", id="verb without issue"),
        pytest.param(["check", "issue.yaml", "--lang", "fr"], "fr", id="unknown language"),
        pytest.param(["check", "issue.yaml", "--only", "print"], "--only", id="option of another verb"),
        pytest.param(["build", "issue.yaml", "--onyl", "print"], "--onyl", id="unknown option"),
        pytest.param(["schema"], "DIR", id="schema without folder"),
    ],
)
def test_wrong_use_shows_the_usage(arguments, words, folder, make_issue):
    before = snapshot(folder)

    result = make_issue(*arguments, cwd=folder)

    assert (2, "") == (result.returncode, result.stdout)
    assert result.stderr.startswith("usage: make_issue.py")
    assert words in result.stderr.splitlines()[-1]
    assert before == snapshot(folder)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param(["frobnicate"], "frobnicate", id="unknown verb"),
        pytest.param(["check", "april.yaml"], "april.yaml", id="issue that is not there"),
        pytest.param(["check", "--fix", "april.yaml"], "april.yaml", id="issue to fix that is not there"),
        pytest.param(["april.yaml", "--json"], "april.yaml", id="issue without verb that is not there"),
        pytest.param(["check", "."], ".", id="folder for an issue"),
        pytest.param(["build", "issue.yaml", "april.yaml"], "april.yaml", id="second issue that is not there"),
        pytest.param(["build", "issue.yaml", "--only", "pdf"], "print, issue", id="wrong product"),
        pytest.param(["build", "issue.yaml", "--only", "print,pdf"], "“pdf”", id="wrong second product"),
        pytest.param(["build", "issue.yaml", "--only", ""], "print, issue", id="no product"),
        pytest.param(["build", "issue.yaml", "--out", "a.md"], "a.md", id="file for a folder"),
        pytest.param(["schema", "a.md"], "a.md", id="file for a folder of schemas"),
    ],
)
def test_wrong_use_is_told_in_one_line(arguments, words, folder, make_issue):
    before = snapshot(folder)

    result = make_issue(*arguments, cwd=folder)

    assert (2, "", 1) == (result.returncode, result.stdout, len(result.stderr.splitlines()))
    assert result.stderr.startswith("make_issue.py: ")
    assert words in result.stderr
    assert before == snapshot(folder)


# ---- what is written -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "written"),
    [
        pytest.param(["issue.yaml"], PRINT_FILES + PROOF_FILES, id="no verb"),
        pytest.param(["build", "issue.yaml"], PRINT_FILES + PROOF_FILES, id="build"),
        pytest.param(["build", "--only", "print", "issue.yaml"], PRINT_FILES, id="only print"),
        pytest.param(["build", "--only", "issue", "issue.yaml"], PRINT_FILES[:1], id="only issue"),
        pytest.param(["build", "issue.yaml", "--only", "proof"], PROOF_FILES, id="only proof"),
        pytest.param(["build", "issue.yaml", "--only", "proof,print"], PRINT_FILES + PROOF_FILES, id="both"),
        pytest.param(["check", "issue.yaml"], [], id="check"),
        pytest.param(["check", "--fix", "issue.yaml"], [], id="check with nothing to fix"),
    ],
)
def test_a_clean_run_writes_its_products_and_is_silent_in_a_pipe(arguments, written, folder, make_issue):
    before = files_of(folder)

    result = make_issue(*arguments, cwd=folder)

    assert (0, "", "") == (result.returncode, result.stdout, result.stderr)
    assert sorted(before + written) == files_of(folder)


def test_out_names_the_folder(folder, make_issue):
    make_issue("build", "issue.yaml", "--only", "print", "--out", "a/new/press", cwd=folder)

    assert (folder / "a" / "new" / "press" / "tiny_20230327" / "print" / "tiny_20230327.pdf").is_file()


def test_check_with_findings_writes_nothing(folder, make_issue):
    write(folder, **{"a.md": FRONT + "你好,世界\n\n春😀风\n"})
    before = snapshot(folder)

    result = make_issue("check", "issue.yaml", cwd=folder)

    assert result.returncode == 1
    assert before == snapshot(folder)


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param({"a.md": FRONT + TEXT * 3}, id="story too long"),
        pytest.param({"a.md": FRONT + TEXT + "😀"}, id="character in no face"),
        pytest.param({"a.md": TEXT}, id="story that cannot be read"),
        pytest.param({"issue.yaml": ISSUE.replace("7", "seven")}, id="issue that cannot be read"),
        pytest.param({"paper.yaml": PAPER + "fonts: ["}, id="paper that cannot be read"),
    ],
)
def test_an_error_leaves_earlier_print_files_alone(texts, folder, make_issue):
    main(["build", "issue.yaml", "--only", "print"])
    printed = folder / "build" / "tiny_20230327" / "print"
    before = snapshot(printed), [path.stat().st_mtime_ns for path in sorted(printed.iterdir())]
    write(folder, **texts)

    result = make_issue("build", "issue.yaml", "--only", "print", cwd=folder)

    assert result.returncode == 1
    assert before == (snapshot(printed), [path.stat().st_mtime_ns for path in sorted(printed.iterdir())])


def test_an_error_in_one_issue_leaves_the_next_to_be_built(folder, make_issue):
    write(folder, **{"bad.yaml": ISSUE.replace("03-27", "03-28").replace("AAA", "AAB")})

    result = make_issue("build", "--only", "print", "bad.yaml", "issue.yaml", cwd=folder)

    assert result.returncode == 1
    assert ["tiny_20230327"] == [path.name for path in (folder / "build").iterdir()]


def test_proofs_of_an_error_show_the_pages_and_the_findings(folder, make_issue):
    write(folder, **{"a.md": FRONT + TEXT * 3})

    result = make_issue("build", "issue.yaml", "--json", cwd=folder)

    report = json.loads((folder / "build" / "tiny_20230327" / "proof" / "report.json").read_text(encoding="utf-8"))
    assert ("tiny_20230327", ["01"]) == (report["issue"], [page["label"] for page in report["pages"]])
    assert report["problems"] == json.loads(result.stdout)
    assert ["overset"] == [problem["code"] for problem in report["problems"]]
    assert PROOF_FILES == [name for name in files_of(folder) if name.startswith("build")]


def test_the_file_of_a_page_that_is_gone_goes_too(folder, make_issue):
    page = ISSUE.partition("pages:\n")[2].replace("01", "02").replace("story: a.md", "story: {headline: 春, text: 春风}")
    write(folder, **{"issue.yaml": ISSUE + page})
    make_issue("build", "issue.yaml", "--only", "print", cwd=folder)
    assert (folder / "build" / "tiny_20230327" / "print" / "tiny_20230327_0002.pdf").is_file()
    write(folder, **{"issue.yaml": ISSUE})

    make_issue("build", "issue.yaml", "--only", "print", cwd=folder)

    assert PRINT_FILES == [name for name in files_of(folder) if name.startswith("build")]


def test_a_build_can_be_repeated_to_the_byte(folder, make_issue):
    make_issue("build", "issue.yaml", "--out", "one", cwd=folder)
    make_issue("build", "issue.yaml", "--out", "two", cwd=folder)

    assert snapshot(folder / "one") == snapshot(folder / "two")


def test_a_killed_build_leaves_whole_files_only(tmp_path):
    command = [sys.executable, str(ROOT / "make_issue.py"), "build", str(SAMPLE), "--only", "print", "--out", str(tmp_path)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while process.poll() is None and not list(tmp_path.rglob("*.pdf*")):
        time.sleep(0.0005)
    process.kill()
    process.wait()

    visible = {path.name: path.read_bytes() for path in tmp_path.rglob("*.pdf") if not path.name.startswith(".")}
    assert {} == {name: data[-9:] for name, data in visible.items() if not data.rstrip().endswith(b"%%EOF")}


def test_a_file_is_replaced_in_one_step(tmp_path):
    path = tmp_path / "page.pdf"
    contents = [bytes([number]) * 8_000_000 for number in range(8)]
    write_file(path, contents[0])
    sizes, done = set(), threading.Event()

    def look():
        while not done.is_set():
            data = path.read_bytes()
            sizes.add((len(data), data[:1] == data[-1:]))

    watcher = threading.Thread(target=look)
    watcher.start()
    for content in contents:
        write_file(path, content)
    done.set()
    watcher.join()

    assert {(8_000_000, True)} == sizes
    assert [path] == list(tmp_path.iterdir())


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path):
    path = tmp_path / "page.pdf"
    write_file(path, b"old")
    (tmp_path / f".{path.name}.part").mkdir()

    with pytest.raises(OSError, match="directory"):
        write_file(path, b"new")

    assert path.read_bytes() == b"old"


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_an_interrupted_build_says_so_in_one_line_at_most(tmp_path):
    command = [sys.executable, str(ROOT / "make_issue.py"), "build", *[str(SAMPLE)] * 20, "--out", str(tmp_path)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while process.poll() is None and not list(tmp_path.rglob("*.pdf")):
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate()

    assert output == ""
    assert process.returncode in (130, -signal.SIGINT)
    assert len(errors.splitlines()) <= 1


# ---- findings --------------------------------------------------------------------------------------------------------


def test_json_tells_everything_in_both_languages(folder, make_issue):
    write(folder, **{"a.md": FRONT + TEXT * 3})

    result = make_issue("check", "issue.yaml", "--json", cwd=folder)

    (problem,) = json.loads(result.stdout)
    assert ("overset", "error", "issue.yaml", 9, 7) == tuple(
        problem[key] for key in ("code", "severity", "file", "line", "column")
    )
    assert {"code", "severity", "file", "line", "column", "message", "hint"} == set(problem)
    assert re.fullmatch(r'page 01: story "a" is \d+ characters \(\d+ lines\) too long for area A', problem["message"]["en"])
    assert re.fullmatch(r"01版 A 区：稿件“a”溢 \d+ 字（\d+ 行）", problem["message"]["zh"])
    assert re.fullmatch(r"cut \d+ characters, or give area A \d+ lines more", problem["hint"]["en"])
    assert re.fullmatch(r"删 \d+ 字，或给 A 区再加 \d+ 行", problem["hint"]["zh"])
    assert (1, "") == (result.returncode, result.stderr)


def test_json_of_a_clean_issue_is_an_empty_list(folder, make_issue):
    result = make_issue("check", "issue.yaml", "--json", cwd=folder)

    assert (0, [], "") == (result.returncode, json.loads(result.stdout), result.stderr)


def test_json_goes_through_a_pipe_that_is_not_utf_8(folder, make_issue):
    write(folder, **{"a.md": FRONT + TEXT * 3})

    result = make_issue("check", "issue.yaml", "--json", cwd=folder, PYTHONIOENCODING="ascii")

    assert ["overset"] == [problem["code"] for problem in json.loads(result.stdout)]


@pytest.mark.parametrize(
    ("options", "environment", "words"),
    [
        pytest.param(["--lang", "zh"], {}, "删 ", id="--lang zh"),
        pytest.param(["--lang", "en"], {}, "cut ", id="--lang en"),
        pytest.param([], {"LC_ALL": "zh_CN.UTF-8"}, "删 ", id="Chinese system"),
        pytest.param([], {"LC_ALL": "", "LC_MESSAGES": "", "LANG": "zh_TW.UTF-8"}, "删 ", id="Chinese by LANG"),
        pytest.param([], {"LC_ALL": "de_DE.UTF-8", "LANG": "zh_CN.UTF-8"}, "cut ", id="LC_ALL before LANG"),
        pytest.param(["--lang", "en"], {"LC_ALL": "zh_CN.UTF-8"}, "cut ", id="--lang before the system"),
    ],
)
def test_messages_are_in_the_language_asked_for(options, environment, words, folder, monkeypatch, capsys):
    write(folder, **{"a.md": FRONT + TEXT * 3})
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    status = main(["check", "issue.yaml", *options])

    first, hint = capsys.readouterr().err.splitlines()
    assert first.startswith("issue.yaml:9:7: error[overset]: ")
    assert hint.startswith(f"  hint: {words}")
    assert status == 1


def test_a_process_takes_its_language_from_the_system(folder, make_issue):
    write(folder, **{"a.md": FRONT + TEXT * 3})

    result = make_issue("check", "issue.yaml", cwd=folder, LC_ALL="zh_CN.UTF-8")

    assert "稿件“a”溢" in result.stderr


@pytest.mark.parametrize(
    "issue",
    [
        pytest.param(ISSUE.replace("03-27", "02-30"), id="impossible date"),
        pytest.param(ISSUE.partition("pages:")[0] + "pages: 3\n", id="number in place of a list"),
    ],
)
def test_a_chinese_message_is_chinese_throughout(issue, folder, make_issue):
    write(folder, **{"issue.yaml": issue})

    result = make_issue("check", "issue.yaml", "--lang", "zh", cwd=folder)

    message = result.stderr.splitlines()[0].split("]: ", 1)[1]
    assert [] == re.findall(r"[a-z]{2,}", message)


def test_timings_print_each_stage(folder, make_issue):
    result = make_issue("build", "issue.yaml", "--timings", cwd=folder)

    rows = [re.fullmatch(r"(\w+) +(\d+\.\d) ms", line) for line in result.stderr.splitlines()]
    assert ["read", "faces", "compose", "pdf", "write", "proof", "sum"] == [row[1] for row in rows]
    assert sum(float(row[2]) for row in rows[:-1]) == pytest.approx(float(rows[-1][2]), abs=0.5)
    assert (0, "") == (result.returncode, result.stdout)


def test_timings_do_not_disturb_json(folder, make_issue):
    result = make_issue("check", "issue.yaml", "--timings", "--json", cwd=folder)

    assert [] == json.loads(result.stdout)
    assert ["read", "faces", "compose", "sum"] == [line.split()[0] for line in result.stderr.splitlines()]


# ---- western marks between Han ---------------------------------------------------------------------------------------


def marked(text, restored):
    return pytest.param(text, restored, id=text)


MARKS = [
    marked("你好,世界", "你好，世界"),
    marked("时间:今天", "时间：今天"),
    marked("一;二;三", "一；二；三"),
    marked("好吗?好", "好吗？好"),
    marked("好!好", "好！好"),
    marked("汝州(河南)是", "汝州（河南）是"),
    marked("见图(二)。", "见图（二）。"),
    marked("你好,", "你好，"),
    marked("“你好,”他说:“再见!”", "“你好，”他说：“再见！”"),
    marked("《诗》,《书》", "《诗》，《书》"),
    marked("2023年,3月", "2023年，3月"),
    marked("涨了50%,跌了", "涨了50%，跌了"),
    marked("12:30,他来了", "12:30，他来了"),
    marked("共2,000元,多", "共2,000元，多"),
    marked("电话:0375-123", "电话：0375-123"),
    marked("**你好,世界**", "**你好，世界**"),
    marked("## 一:二", "## 一：二"),
    marked("共2,000人", "共2,000人"),
    marked("约1,234,567.8元", "约1,234,567.8元"),
    marked("上午12:30开会", "上午12:30开会"),
    marked("比分3:2", "比分3:2"),
    marked("Is it so? Yes, it is!", "Is it so? Yes, it is!"),
    marked("He said: (no), and left; 他走了", "He said: (no), and left; 他走了"),
    marked("A,B,C三人", "A,B,C三人"),
    marked("见https://example.org/?a=1,b:2。", "见https://example.org/?a=1,b:2。"),
    marked("你好，世界：“春”！（完）", "你好，世界：“春”！（完）"),
    marked("(一)总则", "（一）总则"),
    marked("见图(a)", "见图（a）"),
    marked("f(x)函数", "f(x)函数"),
    marked("你好!!", "你好！！"),
    marked("**重点**:你好", "**重点**：你好"),
    marked("他说“Hello, world!”", "他说“Hello, world!”"),
    marked('他说"你好"。', "他说“你好”。"),
    marked('"你好",他说', "“你好”，他说"),
    marked('他说"Hello, world"', "他说“Hello, world”"),
    marked('He said "no".', 'He said "no".'),
    marked('65"电视和55"电视', '65"电视和55"电视'),
    marked("他走了.", "他走了。"),
    marked("**他走了**.", "**他走了**。"),
    marked("他说“走.”", "他说“走。”"),
    marked("中文.com", "中文.com"),
    marked("第1.5节", "第1.5节"),
    marked("3.春", "3.春"),
]


@pytest.mark.parametrize(("text", "restored"), MARKS)
def test_western_marks_between_han_are_found_and_restored(text, restored, findings):
    write(Path(), **{"a.md": FRONT + TEXT + f"\n\n{text}\n"})
    wrong = [place for place, (old, new) in enumerate(zip(text, restored, strict=True)) if old != new]

    problems = findings()

    assert [("warning", "a.md", 6)] * bool(wrong) == [
        (problem["severity"], problem["file"], problem["line"]) for problem in problems
    ]
    if wrong:
        assert f'{len(wrong)} western marks stand beside Han, the first is "{text[wrong[0]]}"' == problems[0]["message"]["en"]
        assert wrong[0] + 1 == problems[0]["column"]
    assert [] == findings("--fix")
    assert FRONT + TEXT + f"\n\n{restored}\n" == (Path() / "a.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["好...他", "约翰.史密斯", "好--他"])
def test_western_marks_that_may_mean_more_than_one_are_left_to_the_writer(text, findings):
    write(Path(), **{"a.md": FRONT + TEXT + f"\n\n{text}\n"})

    for arguments in ((), ("--fix",), ()):
        assert ["halfwidth-mark"] == [problem["code"] for problem in findings(*arguments)]
    assert (Path() / "a.md").read_text(encoding="utf-8").endswith(f"\n\n{text}\n")


@pytest.mark.parametrize(
    ("text", "restored"),
    [
        pytest.param("春\u200b风\ufeff又\u00ad绿", "春风又绿", id="in the text"),
        pytest.param("春\u200b,风", "春，风", id="before a western mark"),
        pytest.param("葛\U000e0100春\ufe0e", "葛\U000e0100春\ufe0e", id="variation selectors"),
        pytest.param("👨\u200d👩", "👨\u200d👩", id="in an emoji"),
        pytest.param("春\u3000风\u00a0又", "春\u3000风\u00a0又", id="white"),
    ],
)
def test_fix_removes_what_has_no_ink(text, restored, folder, make_issue):
    write(folder, **{"a.md": f"{FRONT}{TEXT}\n\n{text}\n"})

    make_issue("check", "--fix", "issue.yaml", cwd=folder)

    assert f"{FRONT}{TEXT}\n\n{restored}\n" == (folder / "a.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "restored"),
    [
        pytest.param(f"{FRONT}\n\n你好,世 \n 界,好\n\n\n{TEXT}", f"{FRONT}\n\n你好，世 \n 界，好\n\n\n{TEXT}", id="white"),
        pytest.param(
            f"{FRONT}你好,世\n界,好\n{TEXT}\n".replace("\n", "\r\n"),
            f"{FRONT}你好，世\n界，好\n{TEXT}\n".replace("\n", "\r\n"),
            id="CRLF",
        ),
        pytest.param(
            f"---\nheadline: 春 # 一:二\nbyline: '春, 天'\n---\n一:二\n{TEXT}\n",
            f"---\nheadline: 春 # 一:二\nbyline: '春, 天'\n---\n一：二\n{TEXT}\n",
            id="front matter",
        ),
        pytest.param(f"\ufeff{FRONT}你好,世界\n{TEXT}\n", f"\ufeff{FRONT}你好，世界\n{TEXT}\n", id="byte order mark"),
    ],
)
def test_fix_leaves_every_other_byte(text, restored, folder, make_issue):
    write(folder, **{"a.md": text})
    others = {name: data for name, data in snapshot(folder).items() if name != "a.md"}

    result = make_issue("check", "--fix", "issue.yaml", cwd=folder)

    assert result.returncode == 0
    assert {**others, "a.md": restored.encode()} == snapshot(folder)


@pytest.mark.skipif(os.name != "posix", reason="modes and links of files")
def test_fix_keeps_the_mode_of_a_story(folder, make_issue):
    write(folder, **{"a.md": f"{FRONT}你好,世界\n{TEXT}\n"})
    (folder / "a.md").chmod(0o600)

    make_issue("check", "--fix", "issue.yaml", cwd=folder)

    assert 0o600 == (folder / "a.md").stat().st_mode & 0o777


@pytest.mark.skipif(os.name != "posix", reason="modes and links of files")
def test_fix_follows_a_link_to_its_story(folder, make_issue):
    (folder / "a.md").rename(folder / "story.md")
    (folder / "a.md").symlink_to("story.md")
    write(folder, **{"story.md": f"{FRONT}你好,世界\n{TEXT}\n"})

    make_issue("check", "--fix", "issue.yaml", cwd=folder)

    assert f"{FRONT}你好，世界\n{TEXT}\n" == (folder / "story.md").read_text(encoding="utf-8")
    assert (folder / "a.md").is_symlink()


def test_fix_tells_the_file_and_the_count(folder, make_issue):
    write(folder, **{"a.md": f"{FRONT}你好,世界:春\n{TEXT}\n"})

    result = make_issue("check", "--fix", "issue.yaml", cwd=folder)

    assert (0, "", ["a.md: 2"]) == (result.returncode, result.stdout, result.stderr.splitlines())


def test_fix_of_a_story_in_gb_18030_keeps_its_text(folder, make_issue):
    write(folder, **{"a.md": f"{FRONT}你好,世界\n{TEXT}\n".encode("gb18030")})

    result = make_issue("check", "--fix", "issue.yaml", cwd=folder)

    assert result.returncode == 0
    assert f"{FRONT}你好，世界\n{TEXT}\n" == (folder / "a.md").read_text(encoding="utf-8")


def test_western_marks_in_a_headline_are_found(folder, findings):
    write(folder, **{"a.md": FRONT.replace("春天来了", "春天,来了") + TEXT})

    assert [(2, 13)] == [(problem["line"], problem["column"]) for problem in findings()]


# ---- JSON Schemas ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def schemas(tmp_path_factory, make_issue):
    """The JSON Schemas that the verb writes, as validators by name."""
    folder = tmp_path_factory.mktemp("schemas") / "new"
    result = make_issue("schema", folder)

    assert (0, "", "") == (result.returncode, result.stdout, result.stderr)
    assert ["issue.schema.json", "paper.schema.json", "story.schema.json"] == files_of(folder)
    read = {path.name.partition(".")[0]: json.loads(path.read_text(encoding="utf-8")) for path in folder.iterdir()}
    return {name: jsonschema.Draft202012Validator(schema) for name, schema in read.items()}


def as_json(text):
    """Return YAML as an editor's language server hands it to a schema: JSON has no dates."""
    return json.loads(json.dumps(yaml.safe_load(text), default=str))


@pytest.mark.parametrize("name", ["issue", "paper", "story"])
def test_a_schema_is_one_of_its_draft(name, schemas):
    schema = schemas[name].schema

    jsonschema.Draft202012Validator.check_schema(schema)
    assert "https://json-schema.org/draft/2020-12/schema" == schema["$schema"]


@pytest.mark.parametrize("name", ["issue", "paper", "story"])
def test_the_schemas_beside_the_sample_are_those_of_the_program(name, schemas):
    kept = ROOT / "issues" / f"{name}.schema.json"

    assert schemas[name].schema == json.loads(kept.read_text(encoding="utf-8"))


def test_the_sample_follows_the_schemas(schemas):
    stories = [path.read_text(encoding="utf-8").split("---\n")[1] for path in SAMPLE.parent.glob("stories/*.md")]
    pairs = [("issue", SAMPLE.read_text(encoding="utf-8")), *(("story", story) for story in stories)]
    pairs.append(("paper", (SAMPLE.parent / "paper.yaml").read_text(encoding="utf-8")))

    assert [] == [error.message for name, text in pairs for error in schemas[name].iter_errors(as_json(text))]


@pytest.mark.parametrize(
    ("name", "place", "value"),
    [
        pytest.param("issue", ["nubmer"], 3240, id="unknown key"),
        pytest.param("issue", ["number"], None, id="key missing"),
        pytest.param("issue", ["number"], "x", id="number a word"),
        pytest.param("issue", ["date"], "27.3.2023", id="date of another form"),
        pytest.param("issue", ["pages"], 3, id="pages a number"),
        pytest.param("issue", ["pages", 0, "areas"], ["A"], id="areas a list"),
        pytest.param("issue", ["pages", 0, "areas", "A"], {"stroy": "a.md"}, id="unknown kind of area"),
        pytest.param("issue", ["pages", 0, "areas", "A"], "mastheat", id="unknown word for an area"),
        pytest.param("issue", ["pages", 0, "label"], "1版", id="label with a character"),
        pytest.param("paper", ["format"], "三开", id="unknown format"),
        pytest.param("paper", ["format"], {"columns": 3}, id="format without measures"),
        pytest.param("paper", ["key"], "汝州", id="key in Han"),
        pytest.param("paper", ["leading"], "0.4", id="leading without %"),
        pytest.param("story", ["headline"], ["春", "天"], id="headline a list"),
        pytest.param("issue", ["number"], 1.5, id="number with a fraction"),
        pytest.param("issue", ["pages"], [], id="no page"),
        pytest.param("issue", ["pages", 0, "rows"], ["x"], id="row a word"),
        pytest.param("issue", ["pages", 0, "areas", "AB"], "masthead", id="area of two letters"),
        pytest.param("issue", ["pages", 0, "areas", "A", "head", "level"], 9, id="level out of bounds"),
        pytest.param("issue", ["pages", 0, "areas", "A", "columns"], 13, id="thirteen columns"),
        pytest.param("paper", ["name"], "", id="empty name"),
        pytest.param("paper", ["leading"], 40, id="leading a number"),
        pytest.param("paper", ["fonts"], {"sung": "x.ttf"}, id="unknown role of a face"),
        pytest.param("story", ["text"], "春风", id="text in a story file"),
    ],
)
def test_what_the_reader_refuses_the_schema_refuses(name, place, value, schemas):
    files = {"issue": SAMPLE.read_text(encoding="utf-8"), "paper": (SAMPLE.parent / "paper.yaml").read_text(encoding="utf-8")}
    good = as_json(files.get(name, "headline: 春"))
    wrong = copy.deepcopy(good)
    record = wrong
    for key in place[:-1]:
        record = record[key]
    if value is None:
        del record[place[-1]]
    else:
        record[place[-1]] = value

    assert schemas[name].is_valid(good)
    assert not schemas[name].is_valid(wrong)
