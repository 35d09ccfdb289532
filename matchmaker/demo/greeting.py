"""What the server says when the demo starts."""

from collections.abc import Iterable

from flask import Flask

from matchmaker.demo.accounts import ACCOUNTS, PASSWORD, TOTP_SECRET


def init_greeting(app: Flask) -> None:
    """In demo mode print address, accounts, password and secret of the second factor at the start."""
    if app.config["DEMO"]:
        app.extensions["tandem-greeting"] = lambda address: greeting(app.config["PRODUCT_NAME"], address)


def greeting(product: str, address: str) -> Iterable[str]:
    """The lines to print."""
    yield f"{product} runs at {address}"
    yield "This is a demo: all firms and people are invented, the secret key is generated, mail goes to a page."
    yield "Never put real data into it and never open it to the internet."
    yield ""
    yield f"Accounts, all with the password {PASSWORD}:"
    for account in ACCOUNTS:
        role = f"{account.role.value} of {account.institution}" if account.role else "a firm's side"
        yield f"  {account.email:<30} {role}"
    yield f"People of institutions also need a code; add this secret to an authenticator app: {TOTP_SECRET}"
    yield "Stop with Ctrl+C."
