"""Papers as PDF/A: typst templates filled with data; the words come from the catalogues, the letters from our own faces."""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

import segno
import typst
from flask import Response, current_app
from flask_babel import gettext as _
from flask_babel.speaklater import LazyString

from matchmaker.core.config import ROOT
from matchmaker.core.i18n import in_language
from matchmaker.core.pdf_letters import FONTS, printable

TEMPLATES = ROOT / "templates" / "pdf"
STANDARDS: list[Any] = ["a-2a", "ua-1"]
"""PDF/A-2a keeps for archives and rejects a missing letter; PDF/UA-1 is readable for screen readers."""


@dataclass(frozen=True, slots=True)
class LetterHead:
    """Who sends a paper: name, lines of the address, and the logo as a PNG."""

    name: str
    lines: tuple[str, ...] = ()
    logo: bytes | None = None


class PaperError(RuntimeError):
    """A template does not hold: the typesetter refused it or had something to warn of."""


def render_pdf(
    template: str,
    data: Mapping[str, Any],
    language: str,
    *,
    title: Any,
    made_at: datetime,
    heads: Sequence[LetterHead] = (),
) -> bytes:
    """The paper of `templates/pdf/<template>.typ` as PDF/A in a language.

    `data` holds texts (plain or lazily translated), numbers, booleans, lists and mappings; dates and sums are formatted
    by the caller. `heads` name who sends it, at the top of every page. All of it reaches the template as JSON, so that
    no text of a user is ever read as markup. The same data, heads and `made_at` (the aware moment written into the
    file) give the same bytes. Raises PaperError, also for a warning.
    """
    return _typeset(template, data, language, title, made_at, heads)


def qr_svg(text: str) -> str:
    """A QR code as SVG text, for `image(bytes(...), format: "svg", alt: ...)` in a template."""
    out = io.BytesIO()
    segno.make(text, error="m").save(out, kind="svg", border=0, dark="#000", xmldecl=False, svgclass=None)
    return out.getvalue().decode()


def send_pdf(content: bytes, name: str) -> Response:
    """Answer with a paper under a file name; it may hold personal data, so nobody on the way keeps it."""
    response = Response(content, mimetype="application/pdf")
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _typeset(
    template: str,
    data: Mapping[str, Any],
    language: str,
    title: Any,
    made_at: datetime,
    heads: Sequence[LetterHead],
) -> bytes:
    with in_language(language):
        frame = {
            "title": str(title),
            "language": language,
            "product": current_app.config["PRODUCT_NAME"],
            "page": _("Page {page} of {pages}"),
            "heads": [asdict(head) for head in heads],
        }
        inputs = {"frame": _as_json(frame), "data": _as_json(data)}
    try:
        made, warnings = typst.compile_with_warnings(
            str(TEMPLATES / f"{template}.typ"),
            root=str(TEMPLATES),
            font_paths=_fonts(),
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs=inputs,
            pdf_standards=STANDARDS,
            timestamp=made_at.astimezone(UTC).replace(microsecond=0),
        )
    except typst.TypstError as error:
        raise PaperError(f"{template}: {error.diagnostic or error.message}") from error
    if warnings:
        raise PaperError(f"{template}: " + "; ".join(item.message for item in warnings))
    return made


def _as_json(value: Mapping[str, Any]) -> str:
    return json.dumps(_plain(value), ensure_ascii=False)


def _plain(value: Any) -> Any:
    """The value as JSON knows it, with printable texts; raises TypeError for what a template cannot get."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str | LazyString):
        return printable(str(value))
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, Sequence):
        return [_plain(item) for item in value]
    raise TypeError(f"a paper cannot show a {type(value).__name__}")


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
