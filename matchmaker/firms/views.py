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

__all__ = [
    "bp",
    "certificate_views",
    "consent_views",
    "contact_views",
    "join_views",
    "people_views",
    "registration_views",
    "verification_views",
]
