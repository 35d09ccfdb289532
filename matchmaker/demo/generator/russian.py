"""Russian nouns and adjectives by gender, number and case.

After the paradigms of Zaliznyak's Grammatical Dictionary; the table of words holds only nouns without a shift that the
few marks below cannot say.
"""

from dataclasses import dataclass
from typing import Final, Literal

Case = Literal["nom", "gen", "dat", "acc", "ins", "pre"]
CASES: Final[tuple[Case, ...]] = ("nom", "gen", "dat", "acc", "ins", "pre")
_I_AFTER: Final = frozenset("гкхжчшщ")
_HUSH: Final = frozenset("жчшщ")


@dataclass(frozen=True, slots=True)
class Noun:
    """An inanimate noun. ``stem`` is what endings are added to, ``genitive_plural`` stands where it is not regular.

    ``mass`` has no plural, ``plural_only`` no singular, ``fixed`` no endings at all.
    """

    lemma: str
    gender: Literal["m", "f", "n"]
    stem: str
    genitive_plural: str = ""
    mass: bool = False
    plural_only: bool = False
    fixed: bool = False

    @classmethod
    def parse(cls, token: str) -> "Noun":
        """From the table: lemma, :f for feminines in ь, * mass, *p not used in the singular, *i without endings; after
        slashes the stem of masculines, then the genitive plural.
        """
        head, *rest = token.split("/")
        marks = head.partition("*")[2] if "*" in head else None
        lemma, _, gender = head.partition("*")[0].partition(":")
        found: Literal["m", "f", "n"] = "m"
        if gender == "f" or lemma[-1] in "ая":
            found = "f"
        elif lemma[-1] in "ое" and marks != "i":
            found = "n"
        bare = lemma[:-1] if lemma[-1] in "аяоеьй" else lemma
        stem = rest[0] if rest and found == "m" else bare
        plural = "" if not rest else (rest[1] if len(rest) > 1 else "") if found == "m" else rest[0]
        return cls(lemma, found, stem, plural, marks is not None and marks != "p", marks == "p", marks == "i")

    def singular(self, case: Case) -> str:
        """The form in the singular."""
        if self.fixed or case == "nom":
            return self.lemma
        return self.stem + _SINGULAR[self._kind][case] if case != "acc" else self._accusative()

    def _accusative(self) -> str:
        if self.gender == "f" and self.lemma[-1] in "ая":
            return self.stem + ("у" if self.lemma[-1] == "а" else "ю")
        return self.lemma

    def plural(self, case: Case) -> str:
        """The form in the plural; mass nouns have none and answer the singular."""
        if self.mass or self.fixed:
            return self.singular(case)
        if case == "gen":
            return self.genitive_plural or self.stem + self._genitive_plural_ending()
        if case in ("nom", "acc"):
            return self.stem + self._nominative_plural_ending()
        return self.stem + ("я" if self._soft else "а") + {"dat": "м", "ins": "ми", "pre": "х"}[case]

    @property
    def _soft(self) -> bool:
        return self._kind in ("m-soft", "f-soft", "f-ь", "ия", "ие", "n-ье")

    @property
    def _kind(self) -> str:
        if self.lemma.endswith("ия"):
            return "ия"
        if self.lemma.endswith("ие"):
            return "ие"
        if self.gender == "m":
            return "m-soft" if self.lemma[-1] == "ь" else self._plain
        if self.gender == "f":
            if self.lemma[-1] in "ья":
                return "f-ь" if self.lemma[-1] == "ь" else "f-soft"
            return "f-ш" if self.stem[-1] in _HUSH else "f-к" if self.stem[-1] in _I_AFTER else self._plain
        return "n-ье" if self.lemma.endswith("ье") else "n-е" if self.lemma[-1] == "е" else "n"

    @property
    def _plain(self) -> str:
        """Hard endings, with е instead of о after ц where the ending bears no stress, as in all nouns of the table."""
        return f"{self.gender}-ц" if self.stem[-1] == "ц" else self.gender

    def _nominative_plural_ending(self) -> str:
        if self.gender == "n":
            return "я" if self._soft else "а"
        return "и" if self._soft or self.stem[-1] in _I_AFTER else "ы"

    def _genitive_plural_ending(self) -> str:
        kind = self._kind
        if kind in ("ия", "ие"):
            return "й"
        if kind in ("m-soft", "f-ь") or (kind == "m" and self.stem[-1] in _HUSH):
            return "ей"
        return {"m": "ов", "m-ц": "ев"}.get(kind, "")


_SINGULAR: Final[dict[str, dict[Case, str]]] = {
    "m": {"gen": "а", "dat": "у", "ins": "ом", "pre": "е"},
    "m-ц": {"gen": "а", "dat": "у", "ins": "ем", "pre": "е"},
    "m-soft": {"gen": "я", "dat": "ю", "ins": "ем", "pre": "е"},
    "f": {"gen": "ы", "dat": "е", "ins": "ой", "pre": "е"},
    "f-к": {"gen": "и", "dat": "е", "ins": "ой", "pre": "е"},
    "f-ш": {"gen": "и", "dat": "е", "ins": "ей", "pre": "е"},
    "f-ц": {"gen": "ы", "dat": "е", "ins": "ей", "pre": "е"},
    "f-soft": {"gen": "и", "dat": "е", "ins": "ей", "pre": "е"},
    "f-ь": {"gen": "и", "dat": "и", "ins": "ью", "pre": "и"},
    "ия": {"gen": "и", "dat": "и", "ins": "ей", "pre": "и"},
    "ие": {"gen": "я", "dat": "ю", "ins": "ем", "pre": "и"},
    "n": {"gen": "а", "dat": "у", "ins": "ом", "pre": "е"},
    "n-е": {"gen": "а", "dat": "у", "ins": "ем", "pre": "е"},
    "n-ье": {"gen": "я", "dat": "ю", "ins": "ем", "pre": "е"},
}

_HARD: Final[dict[str, tuple[str, ...]]] = {
    "m": ("ый", "ого", "ому", "ый", "ым", "ом"),
    "f": ("ая", "ой", "ой", "ую", "ой", "ой"),
    "n": ("ое", "ого", "ому", "ое", "ым", "ом"),
    "p": ("ые", "ых", "ым", "ые", "ыми", "ых"),
}
_SOFT: Final[dict[str, tuple[str, ...]]] = {
    "m": ("ий", "его", "ему", "ий", "им", "ем"),
    "f": ("яя", "ей", "ей", "юю", "ей", "ей"),
    "n": ("ее", "его", "ему", "ее", "им", "ем"),
    "p": ("ие", "их", "им", "ие", "ими", "их"),
}
# After ж, ч, ш, щ an unstressed ending has the vowels of the soft one, spelled а and у.
_HUSHED: Final[dict[str, tuple[str, ...]]] = {
    "m": ("ий", "его", "ему", "ий", "им", "ем"),
    "f": ("ая", "ей", "ей", "ую", "ей", "ей"),
    "n": ("ее", "его", "ему", "ее", "им", "ем"),
    "p": ("ие", "их", "им", "ие", "ими", "их"),
}


def adjective(lemma: str, noun: Noun, case: Case, *, plural: bool = False) -> str:
    """An adjective in agreement with an inanimate noun."""
    many = (plural and not noun.mass) or noun.plural_only
    key, at, stem = "p" if many else noun.gender, CASES.index(case), lemma[:-2]
    if key == "m" and case in ("nom", "acc"):
        return lemma
    if lemma.endswith("ний"):
        return stem + _SOFT[key][at]
    if stem[-1] in _HUSH:
        return stem + _HUSHED[key][at]
    ending = _HARD[key][at]
    return stem + ("и" + ending[1:] if ending[0] == "ы" and stem[-1] in _I_AFTER else ending)
