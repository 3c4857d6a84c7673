"""The command line: verbs and options to one call of `layout.issue`."""

import argparse
import datetime
import gc
import json
import os
import re
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, NoReturn, Protocol

from layout.diagnostics import Diagnostic, Language, has_errors
from layout.watch import Watch

if TYPE_CHECKING:
    from layout.batch.workers import Workers

EXAMPLES = """examples:
  python make_issue.py issues/ruzhou/3239.yaml                 everything of the issue into build/
  python make_issue.py build issues/ruzhou/3239.yaml --only print --out press
  python make_issue.py build issues/ruzhou/3239.yaml --only delivery      what the press gets, under its names
  python make_issue.py build issues/ruzhou/3239.yaml --only site          add it to the digital edition of its paper
  python make_issue.py check issues/ruzhou/3239.yaml           findings only, nothing written
  python make_issue.py check --fix issues/ruzhou/3239.yaml     and restore marks in the stories, remove what has no ink
  python make_issue.py new mypaper --name 我的报               a paper and a first issue to begin with
  python make_issue.py archive issues/*/*.yaml --jobs 8        packages of many issues; run again, it makes what is not made yet
  python make_issue.py archive --verify build/ruzhou_20230327/archive/ruzhou_20230327
                                                               is the package of an issue still whole?
  python make_issue.py import page.htm story.docx --out issues/new  saved pages, Word or text to a manifest with stories
  python make_issue.py schema issues                           JSON Schemas for editors
  python make_issue.py preflight advert.pdf --size 120x80      anyone's PDF against what a newspaper's press can print

exit status: 0 clean or warnings only, 1 the copy needs work, 2 wrong use"""

_INTERRUPTED = 130
_VERBS = ("build", "check", "archive", "new", "import", "schema", "preflight")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line; return its exit status."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words and words[0] not in (*_VERBS, "-h", "--help"):
        words.insert(0, "build")
    options = _parser().parse_args(words)
    try:
        with _stoppable(), _without_collections():
            status: int = options.run(options)
    except OSError as error:
        return _usage(f"{error.filename or 'file'}: {error.strerror or type(error).__name__}")
    return status


@contextmanager
def _stoppable() -> Iterator[None]:
    """End the run at once where it is interrupted.

    An exception could be lost in a library's callback, or end the run with a fault of its own. Files appear whole or not at
    all however a run ends.
    """
    former = signal.signal(signal.SIGINT, _stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, former)


@contextmanager
def _without_collections() -> Iterator[None]:
    """Spare a run the search for rings of dead objects: frozen values make none, and it would go over all pages each time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _stop(_signal: int, _frame: FrameType | None) -> NoReturn:
    show_cursor = "\033[?25h" if sys.stderr.isatty() else ""
    os.write(sys.stderr.fileno(), f"{show_cursor}stopped\n".encode("ascii"))
    os._exit(_INTERRUPTED)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="make_issue.py",
        description="Sets Chinese newspapers: YAML issue manifests to print PDF pages.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verbs = parser.add_subparsers(metavar="VERB", required=True)
    build = verbs.add_parser("build", help="set issues and write their files (the default verb)")
    _common(build)
    build.add_argument(
        "--only",
        default="print,proof",
        metavar="LIST",
        help="products: print, issue, proof, sheets, delivery, archive, site (default: print,proof)",
    )
    build.add_argument("--out", type=Path, default=Path("build"), metavar="DIR", help="where files go (default: build)")
    build.set_defaults(run=_build)
    check = verbs.add_parser("check", help="report findings, write nothing")
    _common(check)
    check.add_argument(
        "--fix", action="store_true", help="restore full-width marks in story files, remove invisible characters"
    )
    check.set_defaults(run=_check)
    _archive_options(verbs.add_parser("archive", help="make the packages of many issues, or check them"))
    new = verbs.add_parser("new", help="make a paper and a first issue that builds, in a new folder")
    new.add_argument("folder", type=Path, metavar="DIR")
    new.add_argument("--name", required=True, help="name of the paper (报名)")
    new.add_argument("--key", help="short ASCII name for file names (default: the folder's name)")
    new.add_argument("--latin", default="", help="name in Latin letters, set small below")
    new.add_argument("--date", type=_date, default=None, help="date of the first issue, such as 2026-01-01 (default: today)")
    new.set_defaults(run=_new)
    _import_options(verbs.add_parser("import", help="make a manifest with stories from saved pages, Word or text"))
    schema = verbs.add_parser("schema", help="write the JSON Schemas of manifests and papers")
    schema.add_argument("folder", type=Path, metavar="DIR")
    schema.set_defaults(run=_schema)
    _preflight_options(verbs.add_parser("preflight", help="check any PDF for the press, write nothing"))
    return parser


def _import_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder to be made for the issue")
    parser.add_argument("--paper", type=Path, metavar="FILE", help="the paper's file, which is copied (default: one is made)")
    parser.add_argument("--force", action="store_true", help="replace the folder; the old one is kept as DIR.before")
    _language_options(parser)
    parser.set_defaults(run=_import)


def _archive_options(archive: argparse.ArgumentParser) -> None:
    archive.add_argument("issues", nargs="*", type=Path, metavar="ISSUE")
    archive.add_argument(
        "--verify", type=Path, metavar="FOLDER", nargs="+", help="check packages: nothing lost, changed or at odds"
    )
    archive.add_argument("--out", type=Path, default=Path("build"), metavar="DIR", help="where packages go (default: build)")
    archive.add_argument("--jobs", type=_count, metavar="N", help="issues at a time (default: one a processor)")
    archive.add_argument(
        "--cluster", metavar="ADDRESS", help="let the workers of a Dask scheduler do it, such as tcp://host:8786"
    )
    archive.add_argument("--timings", action="store_true", help="print the time of each stage, summed over all processes")
    _language_options(archive)
    archive.set_defaults(run=_archive)


def _count(text: str) -> int:
    if not re.fullmatch("[1-9][0-9]{0,3}", text):
        raise argparse.ArgumentTypeError(f'"{text}" is no number from 1 to 9999')
    return int(text)


def _preflight_options(preflight: argparse.ArgumentParser) -> None:
    preflight.add_argument("files", nargs="+", type=Path, metavar="FILE")
    preflight.add_argument(
        "--list",
        choices=["ads", "papers", "x4"],
        default=None,
        help="checks for adverts, for whole papers, or PDF/X-4 alone (default: papers; ads where a size is given)",
    )
    preflight.add_argument("--size", type=_size, metavar="WxH", help="the booked size of an advert in mm, such as 120x80")
    preflight.add_argument("--html", type=Path, metavar="OUT", help="write a page with pictures and findings")
    _language_options(preflight)
    preflight.set_defaults(run=_preflight)


def _common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("issues", nargs="+", type=Path, metavar="ISSUE")
    _language_options(parser)
    parser.add_argument("--timings", action="store_true", help="print the time of each stage")


def _language_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--lang", choices=[language.value for language in Language], default=_language(), help="language of messages"
    )
    parser.add_argument("--json", action="store_true", help="findings as JSON on standard output")


def _language() -> str:
    tongue = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return Language.ZH.value if tongue.startswith("zh") else Language.EN.value


def _build(options: argparse.Namespace) -> int:
    from layout.issue import Product, build_issue, index_sites

    names = {product.value: product for product in Product}
    wanted = options.only.split(",")
    unknown = [name for name in wanted if name not in names]
    if unknown:
        return _usage(f"--only: no product “{unknown[0]}”; there are {', '.join(names)}")
    products = frozenset(names[name] for name in wanted)
    last = (lambda watch: index_sites(options.out, watch)) if Product.SITE in products else _nothing
    return _each(options, lambda path, watch: build_issue(path, options.out, products, watch), last)


def _nothing(_watch: Watch) -> tuple[Diagnostic, ...]:
    return ()


def _check(options: argparse.Namespace) -> int:
    from layout.issue import fix_marks, set_issue

    if options.fix:
        for path in options.issues:
            for file, count in fix_marks(path):
                print(f"{file}: {count}", file=sys.stderr)
    return _each(options, lambda path, watch: set_issue(path, watch).problems)


def _archive(options: argparse.Namespace) -> int:
    if bool(options.issues) == bool(options.verify):
        return _usage("archive: name issues to be archived, or with --verify packages to be checked")
    if options.issues:
        return _archive_issues(options)
    from layout.issue import verify_archive

    absent = next((folder for folder in options.verify if not folder.is_dir()), None)
    if absent is not None:
        return _usage(f"there is no folder {absent}")
    found = tuple(problem for folder in options.verify for problem in verify_archive(folder))
    _print(found, options)
    return 1 if has_errors(found) else 0


def _archive_issues(options: argparse.Namespace) -> int:
    from layout.batch.jobs import Job, archive
    from layout.batch.many import make_issues

    absent = _absent(options.issues)
    if absent is not None:
        return _usage(f"there is no issue {absent}")
    workers = _workers(options)
    if isinstance(workers, str):
        return _usage(workers)
    place = Path.absolute if options.cluster else Path
    jobs = [Job(place(path), place(options.out)) for path in options.issues]
    with progress() as show:
        outcomes = make_issues(archive, jobs, workers, lambda done: show(f"{done}/{len(jobs)}"))
    found = tuple(problem for outcome in outcomes for problem in outcome.problems)
    _print(found, options)
    if options.timings:
        _print_timings(_summed(outcome.seconds for outcome in outcomes))
    return 1 if has_errors(found) else 0


def _workers(options: argparse.Namespace) -> "Workers | str":
    """Return who does the jobs, or why nobody does."""
    from layout.batch.workers import cluster, own_processes, usable_processors

    if options.cluster is None:
        return own_processes(min(options.jobs or usable_processors(), len(options.issues)))
    if options.jobs is not None:
        return "--jobs is for this machine; a cluster has as many as it has workers"
    try:
        return cluster(options.cluster)
    except ImportError:
        return "--cluster needs Dask: pip install 'banmian[cluster]'"
    except (OSError, ValueError) as error:
        return f"--cluster {options.cluster}: {error}"


def _date(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f'"{text}" is no date such as 2026-01-01') from error


def _new(options: argparse.Namespace) -> int:
    from layout.starter import KEY, Beginning, write_starter

    key = options.key or options.folder.resolve().name
    if not KEY.fullmatch(key):
        return _usage(f'--key: "{key}" is not made of small letters, digits and hyphens')
    if not (options.name.strip() and f"{options.name}{options.latin}".isprintable()):
        return _usage("--name and --latin: write them on one line, without control characters")
    if options.folder.exists() and (not options.folder.is_dir() or any(options.folder.iterdir())):
        return _usage(f"{options.folder} is there already; name a new folder")
    date = options.date or datetime.date.today()
    for file in write_starter(options.folder, Beginning(key, options.name, options.latin, date)):
        print(file)
    print(f"now: python make_issue.py {options.folder / 'issue.yaml'}", file=sys.stderr)
    return 0


def _import(options: argparse.Namespace) -> int:
    from layout.incoming.folder import is_free, write_beside
    from layout.incoming.intake import import_files
    from layout.starter import KEY

    absent = next((path for path in (*options.files, options.paper) if path and not path.is_file()), None)
    if absent is not None:
        return _usage(f"there is no file {absent}")
    if not is_free(options.out, options.force):
        return _usage(f"{options.out} is there already; name a new folder, or write --force to move it aside")
    key = KEY.match(options.out.resolve().name.lower())
    made = import_files(options.files, options.paper, key[0] if key else "paper", Language(options.lang))
    _print(made.problems, options)
    if not made.files:
        return 1
    kept = write_beside(options.out, made.files)
    if kept is not None:
        print(f"kept: {kept}", file=sys.stderr)
    print(f"now: python make_issue.py check {options.out / 'issue.yaml'}", file=sys.stderr)
    return 0


def _schema(options: argparse.Namespace) -> int:
    from layout.issue import write_schemas

    write_schemas(options.folder)
    return 0


def _size(text: str) -> tuple[float, float]:
    match = re.fullmatch(r"(\d{1,4}(?:\.\d+)?)\s*[x×*]\s*(\d{1,4}(?:\.\d+)?)(?:\s*mm)?", text.strip())
    if match is None:
        raise argparse.ArgumentTypeError(f'"{text}" is no size in mm such as 120x80')
    return float(match[1]), float(match[2])


def _preflight(options: argparse.Namespace) -> int:
    from layout.preflight.examine import examine_file
    from layout.preflight.facts import Size
    from layout.preflight.table import List

    absent = next((path for path in options.files if not path.is_file()), None)
    if absent is not None:
        return _usage(f"there is no file {absent}")
    booked = Size(*options.size) if options.size else None
    checks = List(options.list or ("ads" if booked else "papers"))
    with progress() as show:
        results = []
        for path in options.files:
            show(str(path))
            results.append(examine_file(path, checks, booked))
    _print([finding for result, _ in results for finding in result.findings], options)
    if options.html is not None:
        from layout.export.files import write_file
        from layout.preflight.webpage import web_page

        write_file(options.html, web_page(results, checks, Language(options.lang)).encode("utf-8", "replace"))
    return 1 if any(result.has_errors for result, _ in results) else 0


def _usage(message: str) -> int:
    print(f"make_issue.py: {message}", file=sys.stderr)
    return 2


def _absent(paths: Sequence[Path]) -> Path | None:
    return next((path for path in paths if not path.is_file()), None)


def _each(
    options: argparse.Namespace,
    run: Callable[[Path, Watch], tuple[Diagnostic, ...]],
    last: Callable[[Watch], tuple[Diagnostic, ...]] = _nothing,
) -> int:
    """Run a verb over the issues, and `last` after all of them; print findings; return the exit status."""
    absent = _absent(options.issues)
    if absent is not None:
        return _usage(f"there is no issue {absent}")
    found: list[Diagnostic] = []
    with progress() as show:
        watch = Watch(show)
        for path in options.issues:
            found += run(path, watch)
        found += last(watch)
    _print(found, options)
    if options.timings:
        _print_timings(watch.stages)
    return 1 if has_errors(tuple(found)) else 0


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Show the stage under way on a terminal; stay silent in a pipe."""
    if not sys.stderr.isatty():
        yield lambda stage: None
        return
    from rich.console import Console

    with Console(stderr=True).status("") as status:
        yield lambda stage: status.update(stage)


class _Told(Protocol):
    """What can be printed: a finding of ours or of a preflight."""

    def text(self, language: Language) -> str: ...

    def as_json(self) -> dict[str, object]: ...


def _print(found: Sequence[_Told], options: argparse.Namespace) -> None:
    if options.json:
        data, encoding = [problem.as_json() for problem in found], sys.stdout.encoding or "ascii"
        words = json.dumps(data, ensure_ascii=False, indent=1)
        is_shown = words.encode(encoding, "replace").decode(encoding) == words  # a file name may be no text in any encoding
        print(words if is_shown else json.dumps(data, indent=1))
        return
    for problem in found:
        print(problem.text(Language(options.lang)), file=sys.stderr)


def _summed(parts: Iterable[Iterable[tuple[str, float]]]) -> dict[str, float]:
    stages: dict[str, float] = {}
    for stage, seconds in chain.from_iterable(parts):
        stages[stage] = stages.get(stage, 0.0) + seconds
    return stages


def _print_timings(stages: Mapping[str, float]) -> None:
    for stage, seconds in stages.items():
        print(f"{stage:10s}{seconds * 1000:8.1f} ms", file=sys.stderr)
    print(f"{'sum':10s}{sum(stages.values()) * 1000:8.1f} ms", file=sys.stderr)
