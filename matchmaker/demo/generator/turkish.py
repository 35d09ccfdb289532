"""Turkish endings by vowel harmony, buffer letters and softened consonants.

After any Turkish grammar (for example Göksel and Kerslake, Turkish: A Comprehensive Grammar, chapters 3 and 8).
"""

from dataclasses import dataclass
from typing import Final

_VOWELS: Final = "aıoueiöüâ"
_FRONT: Final = frozenset("eiöüâ")
_ROUND: Final = frozenset("ouöü")
_VOICELESS: Final = frozenset("çfhkpsşt")
_SOFTENED: Final = {"k": "ğ", "p": "b", "ç": "c"}


@dataclass(frozen=True, slots=True)
class Word:
    """A noun; ``front`` is set for loans such as saat^ that take front endings against their last vowel."""

    lemma: str
    front: bool = False

    @classmethod
    def parse(cls, token: str) -> "Word":
        """From the table: a lemma, with ^ behind it where its endings are front."""
        return cls(token.rstrip("^"), token.endswith("^"))

    @property
    def _last_vowel(self) -> str:
        return next(letter for letter in reversed(self.lemma) if letter in _VOWELS)

    def _narrow(self) -> str:
        front, rounded = self.front or self._last_vowel in _FRONT, self._last_vowel in _ROUND
        return {(False, False): "ı", (False, True): "u", (True, False): "i", (True, True): "ü"}[
            front, rounded
        ]

    def _broad(self) -> str:
        return "e" if self.front or self._last_vowel in _FRONT else "a"

    @property
    def _ends_in_vowel(self) -> bool:
        return self.lemma[-1] in _VOWELS

    @property
    def _soft(self) -> str:
        """The stem before a vowel: kumaş stays, kayık becomes kayığ, words of one syllable stay."""
        last = self.lemma[-1]
        if sum(letter in _VOWELS for letter in self.lemma) < 2 or last not in _SOFTENED:
            return self.lemma
        if self.lemma.endswith("nk"):
            return self.lemma[:-1] + "g"
        return self.lemma[:-1] + _SOFTENED[last]

    def _with_vowel(self, buffer: str, ending: str) -> str:
        return self.lemma + buffer + ending if self._ends_in_vowel else self._soft + ending

    def _hard_d(self) -> str:
        return "t" if self.lemma[-1] in _VOICELESS else "d"

    @property
    def plural(self) -> "Word":
        """Çoğul."""
        return Word(f"{self.lemma}l{self._broad()}r")

    @property
    def accusative(self) -> str:
        """-(y)i."""
        return self._with_vowel("y", self._narrow())

    @property
    def dative(self) -> str:
        """-(y)e."""
        return self._with_vowel("y", self._broad())

    @property
    def genitive(self) -> str:
        """-(n)in."""
        return self._with_vowel("n", f"{self._narrow()}n")

    @property
    def locative(self) -> str:
        """-de or -te."""
        return f"{self.lemma}{self._hard_d()}{self._broad()}"

    @property
    def ablative(self) -> str:
        """-den or -ten."""
        return f"{self.locative}n"

    @property
    def instrumental(self) -> str:
        """-(y)le."""
        return f"{self.lemma}{'y' if self._ends_in_vowel else ''}l{self._broad()}"

    @property
    def possessed(self) -> str:
        """-(s)i, the second part of a noun compound."""
        return self._with_vowel("s", self._narrow())

    @property
    def having(self) -> str:
        """-li."""
        return f"{self.lemma}l{self._narrow()}"

    @property
    def lacking(self) -> str:
        """-siz."""
        return f"{self.lemma}s{self._narrow()}z"

    @property
    def maker(self) -> "Word":
        """-ci, who makes or sells it."""
        return Word(f"{self.lemma}{'ç' if self.lemma[-1] in _VOICELESS else 'c'}{self._narrow()}")

    @property
    def craft(self) -> "Word":
        """-cilik, the trade of making or selling it."""
        maker = self.maker
        return Word(f"{maker.lemma}l{maker._narrow()}k")
