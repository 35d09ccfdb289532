"""The blueprint that the views of rights share."""

from flask import Blueprint

bp = Blueprint("rights", __name__)
