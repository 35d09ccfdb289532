"""The command that checks the audit log."""

import click
from flask.cli import with_appcontext

from matchmaker.core.audit_chain import Broken, Fault, check
from matchmaker.core.db import db

SENTENCES = {
    Fault.CHANGED: "Entry {entry} (place {place}) was changed after it was sealed.",
    Fault.MISSING: "The entry of place {place} is missing.",
    Fault.HEAD: "The last entry (place {place}) is not the one that the head of the chain names.",
    Fault.LATE: "Entry {entry} waits for its seal for more than an hour: does the worker run?",
    Fault.UNGUARDED: "Triggers that guard the log are missing: {detail}.",
    Fault.NOTED: "Place {place} of the chain is not what was noted: the chain was made anew.",
}


@click.command("check-audit")
@click.option(
    "--noted", metavar="PLACE:HASH", help="A head of the chain that was noted elsewhere, to compare with."
)
@with_appcontext
def check_audit(noted: str | None) -> None:
    """Go through the chain of the audit log; name the first broken entry."""
    found = check(_noted(noted))
    db.session.rollback()
    if found.broken is not None:
        raise click.ClickException(_sentence(found.broken))
    click.echo(f"{found.entries} sealed entries: the chain holds. Head: {found.head}")


def _noted(text: str | None) -> tuple[int, str] | None:
    if text is None:
        return None
    place, colon, digest = text.strip().partition(":")
    if not colon or not place.isdecimal():
        raise click.BadParameter("Write it as PLACE:HASH, as this command prints it.", param_hint="--noted")
    return int(place), digest


def _sentence(broken: Broken) -> str:
    return SENTENCES[broken.fault].format(entry=broken.entry_id, place=broken.sequence, detail=broken.detail)
