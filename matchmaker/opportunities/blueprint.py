"""The blueprints of opportunities and of the interests in them."""

from flask import Blueprint

bp = Blueprint("opportunities", __name__, url_prefix="/opportunities")
interests_bp = Blueprint("opportunity_interests", __name__)
