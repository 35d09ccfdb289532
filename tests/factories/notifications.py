"""Notices and mails."""

from factory import LazyAttribute, Sequence

from matchmaker.core.mail import MailState, OutboxMail
from matchmaker.notifications.models import Notice
from tests.factories.accounts import PersonFactory
from tests.factories.base import EntityFactory


class NoticeFactory(EntityFactory):
    """An unread notice of a new message."""

    class Meta:
        model = Notice

    person_id = LazyAttribute(lambda row: PersonFactory().id)
    kind = "message"
    subject = "Firm"
    path = "/notices"
    event_key = Sequence(lambda count: f"event {count}")


class MailFactory(EntityFactory):
    """A draft that staff may release."""

    class Meta:
        model = OutboxMail

    notice = "notice"
    to_address = Sequence(lambda count: f"reader{count}@example.com")
    language = "en"
    subject = "News"
    text = "News"
    html = "<p>News</p>"
    state = MailState.DRAFT
