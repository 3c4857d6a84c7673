"""The signs of readings: zhuyin and its tones."""

_TONES = "ˊˇˋ"
_NEUTRAL = "˙"


def is_zhuyin(syllable: str) -> bool:
    """Return whether a syllable is written in zhuyin (注音符号), not in Latin letters."""
    return any("\u3105" <= sign <= "\u312f" or "\u31a0" <= sign <= "\u31bf" for sign in syllable)


def is_tone(sign: str) -> bool:
    """Return whether a sign is a tone that stands beside the last sign of its syllable."""
    return sign in _TONES


def is_neutral_tone(sign: str) -> bool:
    """Return whether a sign is the dot of the neutral tone, which stands before its syllable."""
    return sign == _NEUTRAL
