"""The pages of firms."""

from matchmaker.firms import (
    certificate_views,
    consent_views,
    contact_views,
    join_views,
    people_views,
    registration_views,
    verification_views,
)
from matchmaker.firms.blueprint import bp
from matchmaker.firms.declarations import views as declaration_views

__all__ = [
    "bp",
    "certificate_views",
    "consent_views",
    "contact_views",
    "declaration_views",
    "join_views",
    "people_views",
    "registration_views",
    "verification_views",
]
