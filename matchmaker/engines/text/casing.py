"""Upper and lower case by the rules of a language: Turkish keeps dotted and dotless i apart where Python's str does not."""

TURKIC = frozenset({"tr", "az"})
_LOWER_TR = str.maketrans({"İ": "i", "I": "ı"})
_UPPER_TR = str.maketrans({"i": "İ", "ı": "I"})


def lower_tr(text: str) -> str:
    """Lower-case Turkish text: I becomes ı and İ becomes i, without a combining dot."""
    return text.replace("I\u0307", "İ").translate(_LOWER_TR).lower()


def upper_tr(text: str) -> str:
    """Upper-case Turkish text: i becomes İ and ı becomes I."""
    return text.translate(_UPPER_TR).upper()


def lower(text: str, language: str) -> str:
    """Lower-case text as readers of this language expect; ``language`` is an ISO 639-1 code."""
    return lower_tr(text) if language in TURKIC else text.lower().replace("i\u0307", "i")


def upper(text: str, language: str) -> str:
    """Upper-case text as readers of this language expect; ``language`` is an ISO 639-1 code."""
    return upper_tr(text) if language in TURKIC else text.upper()
