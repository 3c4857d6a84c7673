"""版面 Banmian: YAML issue manifests to broadsheet PDF pages.

Data moves forward only, and every stage is a function of frozen values:

1. ``manifest``  reads paper, issue and stories: text with its place becomes an `Issue`
2. ``design``    derives the grid and binds style names to sizes and faces: `Design`
3. ``text``      shapes a paragraph once, breaks it into lines, sets lines to their measure
4. ``flow``      sets galleys, pours them into legs, solves the depths of the bands
5. ``page``      measures the blocks of a page, places them, adds furniture and rules: `Page`
6. ``export``    walks finished pages: PDF, text dump, page images; ``archive`` joins them with the copy for libraries;
                 ``site`` adds an issue to the digital edition of its paper; ``preflight`` reads anyone's PDF and tells what a
                 press would stumble over
7. ``issue``     wires these stages, ``kept`` does for one edit after another, ``batch`` for many issues; ``starter`` makes a
                 first one, ``incoming`` one of what came in; ``cli`` is the command line before them

Below them stand ``script`` (character classes, breaks, squeezing, dates), ``typeface`` (fonts, glyphs, subsets),
and on the ground ``units``, ``deflated``, ``crew`` (processes), ``geometry``, ``frame``, ``diagnostics``, ``messages``,
``inks`` (what a press prints), ``pictures``, ``art`` and ``watch``.
Imports go down this list, never up; ``tests/test_architecture.py`` holds that.
"""

__version__ = "0.1.0"
