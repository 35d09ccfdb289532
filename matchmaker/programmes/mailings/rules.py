"""Who of a group gets a message, in which language, and who may write one."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from matchmaker.core.actor import Actor
from matchmaker.programmes import rules as programme_rules
from matchmaker.programmes.mailings.enums import LeftOut

if TYPE_CHECKING:
    from matchmaker.programmes.mailings.models import ProgrammeMessage
    from matchmaker.programmes.models import Programme

FALLBACK = ("en", "tr", "ru")
"""In this order a language is looked for where a reader's own is not written."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One person of the group; closed says that the account may no longer be used."""

    name: str
    firm: str
    address: str
    language: str
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Recipient:
    """One mail: to whom, and in which of the written languages."""

    name: str
    firm: str
    address: str
    own_language: str
    language: str

    @property
    def key(self) -> str:
        """What stands for the address in a key that keeps a mail from being written twice."""
        return sha256(self.address.casefold().encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Group:
    """Who gets a message, and who does not, with the reason of each."""

    recipients: list[Recipient]
    left_out: list[tuple[Candidate, LeftOut]]

    @property
    def in_another_language(self) -> list[Recipient]:
        """Those whose own language is not written."""
        return [one for one in self.recipients if one.language != one.own_language]


def language_for(own: str, written: Collection[str]) -> str:
    """The reader's own language where it is written, else the first of FALLBACK that is."""
    return next((code for code in (own, *FALLBACK) if code in written), own)


def sort_out(candidates: Iterable[Candidate], written: Collection[str]) -> Group:
    """One mail for each address: the first person who has it gets it, the others are named."""
    group, seen = Group([], []), set[str]()
    for one in candidates:
        key = one.address.casefold()
        why = (
            LeftOut.NO_ADDRESS
            if not key
            else LeftOut.CLOSED
            if one.closed
            else LeftOut.TWICE
            if key in seen
            else None
        )
        if why is not None:
            group.left_out.append((one, why))
            continue
        seen.add(key)
        chosen = language_for(one.language, written)
        group.recipients.append(Recipient(one.name, one.firm, one.address, one.language, chosen))
    return group


@dataclass(frozen=True, slots=True)
class MessageOf:
    """A message with its programme."""

    programme: Programme
    message: ProgrammeMessage


def may_handle(actor: Actor, asked: MessageOf) -> bool:
    """Who changes a programme writes to those who signed up for it."""
    return programme_rules.may_edit(actor, asked.programme)
