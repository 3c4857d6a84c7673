"""The least depth in which a text fits, found in few trials."""

from collections.abc import Callable


def least_depth(fits: Callable[[int], bool], guess: int, least: int, most: int) -> int:
    """Return a depth that fits while the one before it does not; nothing below `least` is tried, and `most` is taken to fit.

    Steps away from the guess double until they are past the edge, and are then halved: a good guess costs two or three
    trials, the worst some ten.
    """
    guess = max(least, min(guess, most))
    step = 1
    if fits(guess):
        good, bad = guess, guess - 1
        while bad >= least and fits(bad):
            step *= 2
            good, bad = bad, max(least - 1, bad - step)
    else:
        good, bad = guess + 1, guess
        while good < most and not fits(good):
            step *= 2
            good, bad = min(most, good + step), good
    while good - bad > 1:
        middle = (good + bad) // 2
        good, bad = (middle, bad) if fits(middle) else (good, middle)
    return good
