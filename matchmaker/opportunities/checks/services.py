"""Checking an opportunity that a firm sends, deciding about what was found with a reason, changing the list of words."""

from datetime import date

from flask_babel import gettext as _

from matchmaker.compliance.controlled_goods import listed_goods
from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db, insert_new
from matchmaker.core.errors import Conflict, DomainError
from matchmaker.engines.text.phrases import phrase_key
from matchmaker.opportunities import rules as opportunities
from matchmaker.opportunities.checks import queries, rules
from matchmaker.opportunities.checks.enums import FindingKind, WordKind
from matchmaker.opportunities.checks.models import OpportunityCheck, OpportunityFinding, SensitiveWordChange
from matchmaker.opportunities.checks.word_list import Word, packaged
from matchmaker.opportunities.models import Opportunity

WORD_LIST = "sensitive_word"


def check(actor: Actor, opportunity: Opportunity) -> OpportunityCheck:
    """Look at what a firm sends, and keep all findings with their points, the lists used and the outcome, also in the audit trail.

    The firm is held (`queries.hold_firms`), so of two that say the same at once the second finds the first.
    """
    verdict = verdict_on(opportunity)
    kept = OpportunityCheck(
        opportunity_id=opportunity.id,
        person_id=actor.person_id,
        outcome=verdict.outcome,
        points=verdict.points,
        word_list=queries.list_version(),
        goods_list=max(good.version for good in listed_goods()),
        findings=rows_of(verdict),
    )
    db.session.add(kept)
    opportunity.points = verdict.points
    audit.record(actor, "check_submission", "opportunity", opportunity.id, after=_for_audit(kept))
    db.session.flush()
    return kept


def verdict_on(opportunity: Opportunity) -> rules.Verdict:
    """What is found in an opportunity as it stands, by today's lists; nothing is kept."""
    said, earlier = queries.said_of(opportunity), queries.earlier(opportunity)
    goods = tuple(good.code for good in opportunities.listed_goods(opportunity))
    texts = [
        (part, text.language, getattr(text, part))
        for text in opportunity.texts
        for part in opportunities.WORDS
    ]
    words = rules.sensitive(texts, queries.words())
    before = queries.guarded_of([opportunity.id]).get(opportunity.id, frozenset())
    found = [
        *rules.repeated(said, earlier),
        *([rules.Finding(FindingKind.LISTED_GOODS, goods=goods)] if goods else []),
        *words,
        *rules.reworded(said, earlier, before, {one.kind for one in words}),
    ]
    return rules.Verdict(tuple(found))


def rows_of(verdict: rules.Verdict) -> list[OpportunityFinding]:
    """The findings as they are kept."""
    return [
        OpportunityFinding(
            kind=one.kind,
            points=one.points,
            other_id=one.other_id,
            likeness=one.likeness,
            parts=list(one.parts),
            words=list(one.words),
            goods=list(one.goods),
        )
        for one in verdict.findings
    ]


def _for_audit(kept: OpportunityCheck) -> dict[str, object]:
    return {
        "outcome": kept.outcome.value,
        "points": kept.points,
        "words": kept.word_list,
        "list": kept.goods_list,
        "findings": [
            f"{one.kind.value} {one.points}" + (f" #{one.other_id}" if one.other_id else "")
            for one in kept.findings
        ],
    }


def require_reason(actor: Actor, opportunity: Opportunity, note: str) -> None:
    """Refuse to show an opportunity with sensitive words without a reason, and keep the reason with the version of the list.

    Raises DomainError at `note` and logs the refusal.
    """
    found = queries.last_check(opportunity.id)
    if found is None or not rules.needs_reason(found):
        return
    reason = note.strip()
    if not reason:
        audit.record_refusal(
            actor, "announce", "opportunity", opportunity.id, "sensitive words without a reason"
        )
        raise DomainError(
            _(
                "The check found words that need a closer look. Give the reason why it may be shown all the same."
            ),
            "note",
        )
    after = _for_audit(found) | {"reason": reason}
    audit.record(actor, "pass_findings", "opportunity", opportunity.id, after=after)
    db.session.flush()


def change_word(
    actor: Actor, word: Word, *, listed: bool, valid_from: date, reason: str, seen: str
) -> SensitiveWordChange:
    """Put a word or phrase on the list, or take it off, from a day on; `seen` is the number of the last change its reader knew.

    Raises DomainError at the field, Conflict where somebody else changed the list meanwhile.
    """
    last = queries.last_number()
    if seen != str(last):
        raise Conflict(_overtaken())
    phrase = " ".join(word.text.split())
    _require_telling(phrase)
    if valid_from < clock.today():
        raise DomainError(_("Choose today or a later day."), "valid_from")
    word = Word(word.language, word.kind, phrase)
    known = rules.in_force(packaged(), queries.changes(), valid_from).get(word.key)
    _require_change(word, known, listed)
    kind = word.kind if listed or known is None else known.kind
    row = {"number": last + 1, "language": word.language, "phrase": phrase, "kind": kind, "listed": listed}
    row |= {"valid_from": valid_from, "reason": reason.strip(), "set_by_id": actor.person_id}
    change = insert_new(SensitiveWordChange, row, key=("number",))
    if change is None:
        raise Conflict(_overtaken())
    after = {
        "phrase": phrase, "language": word.language, "kind": change.kind.value,
        "from": valid_from.isoformat(), "reason": change.reason, "number": change.number,
    }  # fmt: skip
    audit.record(actor, "list_word" if listed else "unlist_word", WORD_LIST, change.id, after=after)
    db.session.flush()
    return change


def _require_telling(phrase: str) -> None:
    """Refuse what would mark nearly every text, or nothing."""
    key = phrase_key(phrase)
    if len(key.replace(" ", "")) < rules.SHORTEST_KEY:
        raise DomainError(_("Write at least %(n)s letters.", n=rules.SHORTEST_KEY), "phrase")
    if len(key.split()) > rules.MOST_WORDS:
        raise DomainError(_("Write at most %(n)s words.", n=rules.MOST_WORDS), "phrase")


def _require_change(word: Word, known: Word | None, listed: bool) -> None:
    if listed and known is not None and known.kind is WordKind(word.kind):
        raise DomainError(_("“%(phrase)s” stands on the list already.", phrase=known.text), "phrase")
    if not listed and known is None:
        raise DomainError(_("This does not stand on the list."), "phrase")


def _overtaken() -> str:
    return str(_("Somebody else has changed the list meanwhile. Load the page again."))
