"""The settings of an application under test."""

from pathlib import Path
from typing import Any

from matchmaker.core.config import Config

SECRET_KEY = "only-for-tests-" + "0" * 32


def config_for(address: str, folder: Path, **settings: Any) -> Config:
    """Cheap password hashes, no limits, everything else as in production; settings may differ."""
    values: dict[str, Any] = {
        "DATABASE_URL": address,
        "INSTANCE_DIR": str(folder),
        "SECRET_KEY": SECRET_KEY,
        "TESTING": True,
        "BASE_URL": "http://localhost",
    }
    return Config(**(values | settings))
