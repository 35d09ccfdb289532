"""The blueprint of opportunities."""

from flask import Blueprint

bp = Blueprint("opportunities", __name__, url_prefix="/opportunities")
