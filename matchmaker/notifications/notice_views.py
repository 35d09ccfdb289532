"""A person's notices."""

from flask import Response, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from matchmaker.core.access import access, current_actor, signed_in
from matchmaker.core.actor import Actor
from matchmaker.core.htmx import done, go_to, render
from matchmaker.core.navigation import Place, add_place
from matchmaker.core.requests import asked_page
from matchmaker.notifications import queries, rules, services
from matchmaker.notifications.blueprint import bp
from matchmaker.notifications.enums import NewsCategory, NoticeCategory
from matchmaker.notifications.forms import MailChoiceForm
from matchmaker.notifications.kinds import KINDS
from matchmaker.notifications.models import Notice


@bp.app_template_filter("notice_sentence")
def notice_sentence(notice: Notice) -> str:
    """What a notice says, in the reader's language."""
    kind = KINDS.get(notice.kind)
    return str(kind.sentence) % {"subject": notice.subject} if kind else notice.subject


def page_number() -> int:
    """The page of a list asked for, from 1."""
    return asked_page()


@bp.get("/notices")
@access(signed_in)
def index() -> Response:
    """The list, newest first."""
    listed = queries.notices(current_actor().person_id, page_number())
    return render("notifications/index.html", fragment="notices", listed=listed)


@bp.post("/notices/<int:notice_id>/open")
@access(rules.may_read, load=queries.notice)
def open_notice(notice: Notice) -> AnyResponse:
    """Mark a notice as read and go to the page it is about."""
    services.mark_read(notice)
    local = notice.path.startswith("/") and not notice.path.startswith("//")
    return go_to(notice.path if local else url_for("notifications.index"))


@bp.post("/notices/read")
@access(signed_in)
def mark_all_read() -> AnyResponse:
    """Mark all as read."""
    services.mark_all_read(current_actor().person_id)
    return done(_("All notices are marked as read."), to=url_for("notifications.index"))


@bp.route("/settings/notices", methods=["GET", "POST"])
@access(signed_in)
def choose_mail() -> AnyResponse:
    """Which notices also come by mail."""
    actor = current_actor()
    muted, news = queries.muted(actor.person_id), queries.wants_news(actor.person_id)
    wanted = [str(item) for item in NoticeCategory if item not in muted]
    form = MailChoiceForm(data={"categories": wanted, "news": [str(item) for item in sorted(news)]})
    if form.validate_on_submit():
        services.choose_mail(actor, [NoticeCategory(item) for item in form.categories.data or []])
        services.choose_news(actor, [NewsCategory(item) for item in form.news.data or []])
        return done(_("Saved."), to=url_for("notifications.choose_mail"))
    return render("notifications/choose_mail.html", form=form, status=422 if form.is_submitted() else 200)


def unread(actor: Actor) -> int:
    """The number beside the entry of the navigation."""
    return queries.unread_count(actor.person_id)


add_place(Place("notifications.index", _l("Notices"), "mail", signed_in, order=80, badge=unread))
