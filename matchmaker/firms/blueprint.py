"""The blueprint that all pages of firms hang on."""

from flask import Blueprint

bp = Blueprint("firms", __name__)
