"""The pages of notices and of the outbox."""

from matchmaker.notifications import notice_views, outbox_views
from matchmaker.notifications.blueprint import bp

__all__ = ["bp", "notice_views", "outbox_views"]
