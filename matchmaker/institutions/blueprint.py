"""The blueprint that the views of institutions share."""

from flask import Blueprint

bp = Blueprint("institutions", __name__)
