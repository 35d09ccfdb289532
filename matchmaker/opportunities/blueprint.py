"""The blueprints of opportunities, of the interests in them, of the questions about them, and of the sensitive words."""

from flask import Blueprint

bp = Blueprint("opportunities", __name__, url_prefix="/opportunities")
interests_bp = Blueprint("opportunity_interests", __name__)
questions_bp = Blueprint("opportunity_questions", __name__)
words_bp = Blueprint("sensitive_words", __name__, url_prefix="/sensitive-words")
