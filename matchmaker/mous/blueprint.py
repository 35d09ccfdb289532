"""The blueprint that the views of memorandums share."""

from flask import Blueprint

bp = Blueprint("mous", __name__, url_prefix="/mous")
