"""The configuration: one typed class read from the environment."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


class ConfigError(ValueError):
    """A setting is missing or has a value that cannot be used."""


def _about(sentence: str) -> dict[str, str]:
    return {"sentence": sentence}


@dataclass(frozen=True, kw_only=True)
class Config:
    """Every setting with its type, default and one sentence; the README table is made from it."""

    DATABASE_URL: str = field(
        default="", metadata=_about("Database address; empty means SQLite in INSTANCE_DIR.")
    )
    REDIS_URL: str = field(
        default="", metadata=_about("Redis for jobs and rate limits; empty means the embedded ones.")
    )
    SECRET_KEY: str = field(
        default="", metadata=_about("Signs cookies and links, encrypts secrets; required outside demo mode.")
    )
    INSTANCE_DIR: str = field(
        default=str(ROOT / "instance"),
        metadata=_about("Folder of the embedded database, search index and uploads."),
    )
    PRODUCT_NAME: str = field(default="Tandem", metadata=_about("Name shown on pages and in mails."))
    DEMO: bool = field(
        default=False, metadata=_about("Demo mode: invented data, generated secrets, mail to a page.")
    )
    BASE_URL: str = field(
        default="http://127.0.0.1:8000", metadata=_about("Public address used in links inside mails.")
    )
    HTTPS: bool = field(
        default=False, metadata=_about("Served over HTTPS: cookies are marked secure, HSTS is sent.")
    )
    TRUSTED_PROXIES: int = field(
        default=0, metadata=_about("Number of proxies whose forwarding headers are believed.")
    )
    MAIL_HOST: str = field(
        default="", metadata=_about("SMTP server; empty means mail is written to the log.")
    )
    MAIL_PORT: int = field(default=587, metadata=_about("Port of the SMTP server."))
    MAIL_USER: str = field(default="", metadata=_about("User name at the SMTP server."))
    MAIL_PASSWORD: str = field(default="", metadata=_about("Password at the SMTP server."))
    MAIL_TLS: bool = field(default=True, metadata=_about("Use STARTTLS towards the SMTP server."))
    MAIL_FROM: str = field(default="tandem@example.org", metadata=_about("Sender address of all mail."))
    MAX_UPLOAD_MB: int = field(default=10, metadata=_about("Largest uploaded document in megabytes."))
    REQUEST_LIMIT: int = field(
        default=5, metadata=_about("Unanswered introduction requests a firm may hold at once.")
    )
    REQUEST_DAYS: int = field(default=21, metadata=_about("Days after which an unanswered request expires."))
    SCREENING_LIST_DAYS: int = field(
        default=30, metadata=_about("Days after which a screening list counts as old and pages warn of it.")
    )
    SESSION_HOURS: int = field(
        default=12, metadata=_about("Hours after which a session ends without activity.")
    )
    TESTING: bool = field(
        default=False, metadata=_about("Set by the tests only: cheap password hashes, no limits.")
    )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> "Config":
        """Read the settings, refusing unknown forms of a value; raises ConfigError with the name of the setting."""
        source = os.environ if environment is None else environment
        values: dict[str, Any] = {}
        for setting in fields(cls):
            if setting.name in source:
                values[setting.name] = _parsed(setting.name, source[setting.name], type(setting.default))
        config = replace(cls(), **values)
        return config.completed()

    def completed(self) -> "Config":
        """Fill what depends on other settings; raises ConfigError where a start must be refused."""
        changes: dict[str, Any] = {}
        folder = Path(self.INSTANCE_DIR).resolve()
        if not self.DATABASE_URL:
            changes["DATABASE_URL"] = f"sqlite:///{folder / 'tandem.sqlite3'}"
        elif self.DATABASE_URL.startswith(("postgres://", "postgresql://")):
            changes["DATABASE_URL"] = "postgresql+psycopg://" + self.DATABASE_URL.split("://", 1)[1]
        if not self.SECRET_KEY:
            if not (self.DEMO or self.TESTING):
                raise ConfigError("SECRET_KEY is required outside demo mode")
            changes["SECRET_KEY"] = demo_secret(folder)
        elif len(self.SECRET_KEY) < 32:
            raise ConfigError("SECRET_KEY needs at least 32 characters")
        return replace(self, **changes)

    @property
    def instance(self) -> Path:
        """The instance folder as a path."""
        return Path(self.INSTANCE_DIR).resolve()


def demo_secret(folder: Path) -> str:
    """A secret made once and kept beside the demo data, so that sessions outlive a restart."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / "demo-secret"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(48))
    return kept.read_text()


def _parsed(name: str, text: str, kind: type[object]) -> object:
    if kind is bool:
        if text.lower() in ("1", "true", "yes", "on"):
            return True
        if text.lower() in ("", "0", "false", "no", "off"):
            return False
        raise ConfigError(f"{name} must be 1 or 0, not {text!r}")
    if kind is int:
        if not text.strip().lstrip("-").isdigit():
            raise ConfigError(f"{name} must be a whole number, not {text!r}")
        return int(text)
    return text
