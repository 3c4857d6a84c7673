"""The labels of a list's items, each one em wide where there is one."""

_BULLET = "●"
_FIRST_CIRCLED, _CIRCLED = 0x2460, 20


def item_label(number: int) -> str:
    """Return the label of an item: a dot where `number` is 0, a circled figure up to 20, a figure with a point beyond."""
    if not number:
        return _BULLET
    return chr(_FIRST_CIRCLED + number - 1) if number <= _CIRCLED else f"{number}."
