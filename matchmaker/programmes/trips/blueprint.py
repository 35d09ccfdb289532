"""The blueprint of business trips; its pages are in files by subject."""

from flask import Blueprint

bp = Blueprint("trips", __name__)
