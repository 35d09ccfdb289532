"""All pages of the library: importing the modules of views declares their addresses."""

from matchmaker.library import guide_views, listeners, note_views, question_views, scheme_views
from matchmaker.library.blueprint import bp

guides_bp = guide_views.bp
__all__ = ["bp", "guides_bp", "listeners", "note_views", "question_views", "scheme_views"]
