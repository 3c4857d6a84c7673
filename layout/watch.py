"""Times the stages of a run and tells a listener which one is under way."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


def _deaf(stage: str) -> None:
    """Listen to nothing."""


@dataclass(slots=True)
class Watch:
    """Seconds by stage, summed over a run."""

    listener: Callable[[str], None] = _deaf
    stages: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Add the time of a block to a stage."""
        self.listener(name)
        begin = time.perf_counter()
        yield
        self.stages[name] = self.stages.get(name, 0.0) + time.perf_counter() - begin
