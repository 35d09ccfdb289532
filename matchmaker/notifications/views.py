"""The pages of notices and of the outbox."""

from matchmaker.notifications import news_views, notice_views
from matchmaker.notifications.blueprint import bp
from matchmaker.notifications.outbox_views import bp as outbox_bp

__all__ = ["bp", "news_views", "notice_views", "outbox_bp"]
