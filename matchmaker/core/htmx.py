"""One template, answered as a page or as one of its blocks."""

import json
from typing import Any

from flask import Flask, Response, flash, make_response, redirect, render_template, request
from flask_htmx import HTMX
from jinja2_fragments.flask import render_block
from werkzeug.wrappers import Response as AnyResponse

htmx = HTMX()


def wants_fragment() -> bool:
    """Whether the request was made by htmx for a part of the page."""
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def render(template: str, *, fragment: str | None = None, status: int = 200, **context: Any) -> Response:
    """The block named `fragment` for an htmx request that wants a part, the whole page otherwise."""
    if fragment and wants_fragment():
        body = render_block(template, fragment, **context)
    else:
        body = render_template(template, **context)
    return make_response(body, status)


def go_to(url: str) -> AnyResponse:
    """Send the browser to another page, also out of an htmx request."""
    if wants_fragment():
        return Response(status=200, headers={"HX-Redirect": url})
    return redirect(url, code=303)


def done(message: str, to: str) -> AnyResponse:
    """The answer to a deed that succeeded: a message on the next page."""
    flash(message, "ok")
    return go_to(to)


def toast(response: AnyResponse, text: str) -> AnyResponse:
    """Show a short message beside a fragment that was swapped in."""
    response.headers["HX-Trigger"] = json.dumps({"toast": {"text": text}})
    return response


def init_htmx(app: Flask) -> None:
    """Attach flask-htmx and name the headers that a cache has to respect."""
    htmx.init_app(app)

    def vary(response: Response) -> Response:
        if request.endpoint != "static":
            response.vary.update(("HX-Request", "Cookie"))
        return response

    app.after_request(vary)
