"""Third-party files are the recorded ones, from the locked versions, and no lock names a download address."""

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "static"
MANIFEST: list[dict[str, str]] = json.loads((STATIC / "vendor" / "manifest.json").read_text())
LOCK: dict[str, Any] = json.loads((ROOT / "package-lock.json").read_text())
ROOMS = ("static/vendor", "templates/pdf/fonts", "tests/vendor")
OURS = {"static/vendor/manifest.json", "static/vendor/build.mjs"}


@pytest.mark.parametrize("entry", MANIFEST, ids=lambda entry: entry["file"])
class TestVendoredFile:
    def test_is_the_recorded_one(self, entry: dict[str, str]) -> None:
        digest = hashlib.sha384((ROOT / entry["file"]).read_bytes()).digest()
        assert base64.b64encode(digest).decode() == entry["sha384"]

    def test_comes_from_the_locked_version(self, entry: dict[str, str]) -> None:
        assert LOCK["packages"][f"node_modules/{entry['package']}"]["version"] == entry["version"]


def test_every_vendored_file_is_recorded() -> None:
    present = {
        path.relative_to(ROOT).as_posix()
        for room in ROOMS
        for path in (ROOT / room).rglob("*")
        if path.is_file() and path.suffix != ".gz"
    }
    assert present - OURS == {entry["file"] for entry in MANIFEST if entry["file"].startswith(ROOMS)}


def test_the_lock_names_no_address() -> None:
    assert [name for name, entry in LOCK["packages"].items() if "resolved" in entry] == []
    assert "http" not in (ROOT / "package-lock.json").read_text()


def test_every_locked_package_has_a_hash() -> None:
    assert [name for name, entry in LOCK["packages"].items() if name and "integrity" not in entry] == []


def test_fonts_together_stay_small() -> None:
    assert sum(path.stat().st_size for path in STATIC.rglob("*.woff2")) < 45_000
