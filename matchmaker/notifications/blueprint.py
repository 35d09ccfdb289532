"""The blueprint that the views of notices and of the outbox share."""

from flask import Blueprint

bp = Blueprint("notifications", __name__)
