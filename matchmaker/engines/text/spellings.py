"""Tables of spellings, written as one line of ``from=to`` pairs so that a reader sees a whole alphabet at once."""


def spelling_table(text: str) -> dict[str, str]:
    """Pairs in the order written; an empty right side drops the letter."""
    return dict(pair.split("=", 1) for pair in text.split())
