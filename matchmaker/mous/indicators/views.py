"""Pages of indicators and the annual report."""

from datetime import date

from flask import Response, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from matchmaker.core import clock
from matchmaker.core.access import access, current_actor
from matchmaker.core.actor import Actor
from matchmaker.core.errors import DomainError, NotFound
from matchmaker.core.htmx import done, render
from matchmaker.core.i18n import LANGUAGES
from matchmaker.core.pdf import send_pdf
from matchmaker.mous import figures
from matchmaker.mous import queries as mous
from matchmaker.mous import rules as mou_rules
from matchmaker.mous.blueprint import bp
from matchmaker.mous.indicators import queries, rules, services
from matchmaker.mous.indicators.chart import chart
from matchmaker.mous.indicators.forms import IndicatorForm, StepsForm, stored
from matchmaker.mous.indicators.models import Indicator
from matchmaker.mous.indicators.report import annual_report
from matchmaker.mous.models import Mou

Report = tuple[Mou, int, str]


@bp.get("/<int:mou_id>/indicators")
@access(mou_rules.is_party, load=mous.mou)
def indicators(mou: Mou) -> AnyResponse:
    """The indicators of a memorandum with what the records say today, or said on an earlier day."""
    day = _as_of()
    found = [
        (one, rules.planned_by(one, day), queries.actual(one, day))
        for one in queries.indicators(mou.id)
        if day == clock.today() or one.starts_on <= day
    ]
    parts = dict.fromkeys(part.figure for one, *_rest in found for part in one.parts)
    this = day.year
    first = (mou.signed_on or mou.announced_on or day).year
    years = list(range(this, max(first, this - 5) - 1, -1))
    return render(
        "mous/indicators/index.html",
        mou=mou,
        found=found,
        years=years,
        day=day,
        today=clock.today(),
        not_kept=[str(one) for one in figures.not_kept(parts)],
    )


def _as_of() -> date:
    """The day that the address asks for, today where it names none or one ahead."""
    try:
        day = date.fromisoformat(request.args.get("as_of", ""))
    except ValueError:
        return clock.today()
    return min(max(day, date(1990, 1, 1)), clock.today())


@bp.route("/<int:mou_id>/indicators/new", methods=["GET", "POST"])
@access(mou_rules.works_for_party, load=mous.mou)
def new_indicator(mou: Mou) -> AnyResponse:
    """Follow something new."""
    return _form(mou, None)


@bp.route("/indicators/<int:indicator_id>/edit", methods=["GET", "POST"])
@access(rules.edits, load=queries.indicator)
def edit_indicator(indicator: Indicator) -> AnyResponse:
    """Change target, period or definition."""
    return _form(indicator.mou, indicator)


def _form(mou: Mou, indicator: Indicator | None) -> AnyResponse:
    form = IndicatorForm(data=stored(indicator) if indicator else None)
    if form.validate_on_submit():
        try:
            seen = form.version.data
            made = services.save(current_actor(), mou, indicator, version=seen, **form.values())
            return done(_("Saved."), to=url_for("mous.indicator", indicator_id=made.id))
        except DomainError as error:
            form.refuse(error)
    status = 422 if form.is_submitted() else 200
    return render("mous/indicators/edit.html", mou=mou, indicator=indicator, form=form, status=status)


@bp.route("/indicators/<int:indicator_id>/quarters", methods=["GET", "POST"])
@access(rules.edits, load=queries.indicator)
def edit_steps(indicator: Indicator) -> AnyResponse:
    """Say how much each quarter shall bring."""
    form = StepsForm.of(indicator)
    if form.validate_on_submit():
        try:
            services.set_steps(current_actor(), indicator, form.targets(), version=form.version.data)
            return done(_("Saved."), to=url_for("mous.indicator", indicator_id=indicator.id))
        except DomainError as error:
            form.refuse(error)
    status = 422 if form.is_submitted() else 200
    return render("mous/indicators/steps.html", indicator=indicator, form=form, status=status)


@bp.get("/indicators/<int:indicator_id>")
@access(rules.sees, load=queries.indicator)
def indicator(indicator: Indicator) -> AnyResponse:
    """Planned against actual over the time, and the records behind."""
    day = _as_of()
    rows = queries.rows(indicator, day)
    counted = queries.has_source(indicator)
    points = rules.series(indicator, rows if counted else None, day)
    return render(
        "mous/indicators/show.html",
        indicator=indicator,
        rows=rows,
        points=points,
        chart=chart(points),
        actual=queries.actual(indicator, day),
        day=day,
        today=clock.today(),
        not_kept=[str(one) for one in figures.not_kept(part.figure for part in indicator.parts)],
        figures=[str(figures.label(part.figure)) for part in indicator.parts],
        missing=figures.without_source(part.figure for part in indicator.parts),
        fits=rules.steps_fit(indicator),
    )


def _report(mou_id: int, year: int, lang: str) -> Report:
    """The memorandum of a report; raises NotFound for a year ahead or a language that the product does not speak."""
    if lang not in LANGUAGES or not 1990 <= year <= clock.today().year:
        raise NotFound
    return mous.mou(mou_id), year, lang


def _reads(actor: Actor, asked: Report) -> bool:
    return mou_rules.is_party(actor, asked[0])


@bp.get("/<int:mou_id>/reports/<int:year>/<string:lang>")
@access(_reads, load=_report)
def report(asked: Report) -> Response:
    """The annual report as PDF in a language."""
    mou, year, lang = asked
    day = _as_of()
    if day.year < year:
        raise NotFound
    return send_pdf(annual_report(mou, year, lang, day), f"{mou.number}-{year}-{lang}.pdf")
