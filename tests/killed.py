"""A program that is killed before one of its steps, by itself, so that a test can look at what it leaves."""

_PROGRAM = """
import os, shutil, signal, sys
from pathlib import Path
from layout.export.files import write_files, write_folder
left = int(sys.argv[2])
def dying(function):
    def call(*arguments, **options):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*arguments, **options)
    return call
for place, name in ({steps}):
    setattr(place, name, dying(getattr(place, name)))
{call}
"""


def killed(steps: str, call: str) -> str:
    """Return a program that takes a folder and a number: it does a call, and is killed at so many of the steps."""
    return _PROGRAM.format(steps=steps, call=call)
