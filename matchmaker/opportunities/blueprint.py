"""The blueprints of opportunities, of the interests in them and of the questions about them."""

from flask import Blueprint

bp = Blueprint("opportunities", __name__, url_prefix="/opportunities")
interests_bp = Blueprint("opportunity_interests", __name__)
questions_bp = Blueprint("opportunity_questions", __name__)
