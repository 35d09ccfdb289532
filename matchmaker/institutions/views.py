"""The pages of institutions and their people."""

from matchmaker.institutions import invitation_views, people_views, record_views
from matchmaker.institutions.blueprint import bp

__all__ = ["bp", "invitation_views", "people_views", "record_views"]
