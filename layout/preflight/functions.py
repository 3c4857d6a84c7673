"""PDF functions (ISO 32000-1 7.10): sampled, exponential, stitching, and calculators of PostScript."""

import math
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import product

from layout.preflight.reading import Items, Record

Values = tuple[float, ...]
Function = Callable[[Values], Values]

_DEEPEST = 2
"""An array of stitched functions; deeper ones could be made to take forever."""

_DEEPEST_BLOCK = 16
_MOST_PIECES = 64
_MOST_STEPS = 2000
_MOST_INPUTS = 4


def read_function(value: object, depth: int = 0) -> Function | None:
    """Return a function, None where it cannot be read; an array of functions gives the values of all."""
    if isinstance(value, Items):
        parts = [read_function(part, depth + 1) for part in list(value)[:_MOST_PIECES]]
        known = [part for part in parts if part is not None]
        return (lambda given: tuple(result for part in known for result in part(given))) if len(known) == len(parts) else None
    if not isinstance(value, Record) or depth > _DEEPEST:
        return None
    make = {0: _sampled, 2: _exponential, 3: _stitched, 4: _calculated}.get(int(value.number("FunctionType", -1)))
    made = make(value, depth) if make else None
    if made is None:
        return None
    domain, limits, inner = value.numbers("Domain"), value.numbers("Range"), made
    return lambda given: _clipped(inner(_clipped(given, domain)), limits)


def _clipped(values: Values, limits: Values) -> Values:
    pairs = list(zip(limits[::2], limits[1::2], strict=False))
    if len(pairs) < len(values):
        return values
    return tuple(min(max(value, low), high) for value, (low, high) in zip(values, pairs, strict=False))


def _between(value: float, low: float, high: float, first: float, last: float) -> float:
    return first if high == low else first + (value - low) * (last - first) / (high - low)


def _exponential(record: Record, _: int) -> Function | None:
    first, last = record.numbers("C0") or (0.0,), record.numbers("C1") or (1.0,)
    power = record.number("N", 1)

    def run(given: Values) -> Values:
        base = max(given[0], 0.0) if given else 0.0
        try:
            share = base**power if base or power > 0 else 1.0
        except OverflowError:
            share = 1.0
        return tuple(a + share * (b - a) for a, b in zip(first, last, strict=False))

    return run


def _stitched(record: Record, depth: int) -> Function | None:
    parts = [read_function(part, depth + 1) for part in record.items("Functions")[:_MOST_PIECES]]
    bounds, encode, domain = record.numbers("Bounds"), record.numbers("Encode"), record.numbers("Domain")
    known = [part for part in parts if part is not None]
    is_whole = len(known) == len(parts) == len(bounds) + 1
    if not is_whole or len(domain) < 2 or len(encode) < 2 * len(parts):
        return None
    edges = (domain[0], *bounds, domain[1])

    def run(given: Values) -> Values:
        place = min(bisect_right(bounds, given[0]), len(known) - 1)
        inner = _between(given[0], edges[place], edges[place + 1], encode[2 * place], encode[2 * place + 1])
        return known[place]((inner,))

    return run


def _sampled(record: Record, _: int) -> Function | None:
    """Return a sampled function of 8 or 16 bits, read between its samples along each input."""
    sizes = tuple(int(size) for size in record.numbers("Size"))
    bits, limits, domain = int(record.number("BitsPerSample")), record.numbers("Range"), record.numbers("Domain")
    data, width = record.data(), bits // 8
    outputs = len(limits) // 2
    needed = int(math.prod(sizes)) * outputs * width
    if bits not in (8, 16) or not data or not 0 < len(sizes) <= _MOST_INPUTS or not 0 < needed <= len(data):
        return None
    encode = record.numbers("Encode") or tuple(edge for size in sizes for edge in (0.0, size - 1.0))
    decode = record.numbers("Decode") or limits
    if min(sizes) < 1 or len(domain) < 2 * len(sizes) or len(encode) < 2 * len(sizes) or len(decode) < 2 * outputs:
        return None
    most = float(2**bits - 1)

    def sample(places: Sequence[int], output: int) -> float:
        index = 0
        for place, size in zip(reversed(places), reversed(sizes), strict=True):
            index = index * size + place
        start = (index * outputs + output) * width
        return int.from_bytes(data[start : start + width], "big") / most

    def run(given: Values) -> Values:
        ends = []
        for number, size in enumerate(sizes):
            wanted = _between(given[number], *domain[2 * number : 2 * number + 2], *encode[2 * number : 2 * number + 2])
            low = int(min(max(0.0, wanted), size - 1))
            share = min(max(0.0, wanted - low), 1.0)
            ends.append(((low, 1 - share), (min(low + 1, size - 1), share)))
        corners = [([place for place, _ in corner], math.prod(share for _, share in corner)) for corner in product(*ends)]
        mixed = (sum(share * sample(places, output) for places, share in corners if share) for output in range(outputs))
        return tuple(_between(value, 0, 1, *decode[2 * output : 2 * output + 2]) for output, value in enumerate(mixed))

    return lambda given: run(given) if len(given) >= len(sizes) else (0.0,) * outputs


_WORD = re.compile(rb"[{}]|[^\s{}]+")


def _calculated(record: Record, _: int) -> Function | None:
    words = [word.decode("latin-1") for word in _WORD.findall((record.data() or b"")[:100_000])]
    if not words or len(words) > _MOST_STEPS:
        return None
    stream = iter(words[1:])
    program = _procedure(stream, 0)
    outputs = len(record.numbers("Range")) // 2

    def run(given: Values) -> Values:
        stack = list(given)
        try:
            _run(program, stack)
        except (IndexError, ValueError, ZeroDivisionError, OverflowError, TypeError, KeyError):
            return (0.0,) * outputs
        return tuple(float(value) for value in stack[-outputs:])

    return run


def _procedure(words: Iterator[str], depth: int) -> list[object]:
    """Return the steps up to the closing brace: names, numbers and procedures."""
    steps: list[object] = []
    for word in words:
        if word == "}" or depth > _DEEPEST_BLOCK:
            break
        steps.append(_procedure(words, depth + 1) if word == "{" else _number_or_name(word))
    return steps


def _number_or_name(word: str) -> object:
    try:
        return float(word)
    except ValueError:
        return word


def _run(program: list[object], stack: list[float]) -> None:
    for number, step in enumerate(program):
        if isinstance(step, float):
            stack.append(step)
        elif step == "if":
            if stack.pop():
                _run(_block(program, number - 1), stack)
        elif step == "ifelse":
            _run(_block(program, number - 2 if stack.pop() else number - 1), stack)
        elif isinstance(step, str):
            _step(step, stack)


def _block(program: list[object], place: int) -> list[object]:
    block = program[place]
    if not isinstance(block, list):
        raise TypeError
    return block


_ONE: dict[str, Callable[[float], float]] = {
    "abs": abs,
    "neg": lambda a: -a,
    "ceiling": math.ceil,
    "floor": math.floor,
    "round": lambda a: math.floor(a + 0.5),
    "truncate": math.trunc,
    "cvi": math.trunc,
    "cvr": float,
    "sqrt": math.sqrt,
    "ln": math.log,
    "log": math.log10,
    "sin": lambda a: math.sin(math.radians(a)),
    "cos": lambda a: math.cos(math.radians(a)),
    "not": lambda a: float(not a),
}

_TWO: dict[str, Callable[[float, float], float]] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": lambda a, b: a / b,
    "idiv": lambda a, b: math.trunc(a / b),
    "mod": math.fmod,
    "exp": lambda a, b: a**b,
    "atan": lambda a, b: math.degrees(math.atan2(a, b)) % 360,
    "eq": lambda a, b: float(a == b),
    "ne": lambda a, b: float(a != b),
    "gt": lambda a, b: float(a > b),
    "ge": lambda a, b: float(a >= b),
    "lt": lambda a, b: float(a < b),
    "le": lambda a, b: float(a <= b),
    "and": lambda a, b: float(int(a) & int(b)),
    "or": lambda a, b: float(int(a) | int(b)),
    "xor": lambda a, b: float(int(a) ^ int(b)),
    "bitshift": lambda a, b: float(int(a) << min(int(b), 32) if b >= 0 else int(a) >> min(-int(b), 32)),
}


def _step(name: str, stack: list[float]) -> None:
    if name in _TWO:
        second = stack.pop()
        stack.append(_TWO[name](stack.pop(), second))
    elif name in _ONE:
        stack.append(_ONE[name](stack.pop()))
    elif name in ("true", "false"):
        stack.append(float(name == "true"))
    elif name in _MOVES:
        _MOVES[name](stack)
    else:
        raise KeyError(name)


def _copy(stack: list[float]) -> None:
    count = int(stack.pop())
    if not 0 <= count <= len(stack) <= _MOST_STEPS:
        raise IndexError
    stack.extend(stack[len(stack) - count :])


def _roll(stack: list[float]) -> None:
    turns, count = int(stack.pop()), int(stack.pop())
    if not 0 < count <= len(stack):
        raise IndexError
    part = stack[-count:]
    turns %= count
    stack[-count:] = part[count - turns :] + part[: count - turns]


def _index(stack: list[float]) -> None:
    stack.append(stack[-1 - int(stack.pop())])


def _exchange(stack: list[float]) -> None:
    stack[-1], stack[-2] = stack[-2], stack[-1]


_MOVES: dict[str, Callable[[list[float]], object]] = {
    "pop": lambda stack: stack.pop(),
    "dup": lambda stack: stack.append(stack[-1]),
    "exch": _exchange,
    "copy": _copy,
    "index": _index,
    "roll": _roll,
}
