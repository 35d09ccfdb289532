"""The words of wishes."""

from flask_babel import LazyString, lazy_pgettext

from matchmaker.matching.enums import WishKind

KINDS: dict[WishKind, tuple[LazyString, str]] = {
    WishKind.MUST_MEET: (lazy_pgettext("B2B day", "Must meet"), "ok"),
    WishKind.WOULD_MEET: (lazy_pgettext("B2B day", "Would meet"), "info"),
    WishKind.NO_THANKS: (lazy_pgettext("B2B day", "No thanks"), ""),
}
"""Each wish with the kind of its badge."""
