"""The pages of lists belong to those of compliance."""

from flask import Blueprint

bp = Blueprint("screening_lists", __name__)
