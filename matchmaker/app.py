"""The application: extensions, blueprints, command groups, checks, in that order."""

from flask import Flask, request, session
from werkzeug.middleware.proxy_fix import ProxyFix

from matchmaker.accounts.cookies import SESSION_KEY
from matchmaker.accounts.queries import person_of_session
from matchmaker.accounts.services import extend_session
from matchmaker.core.access import check_access_declared, init_access
from matchmaker.core.actor import Actor
from matchmaker.core.assets import init_assets
from matchmaker.core.config import ROOT, Config
from matchmaker.core.crew import init_crews
from matchmaker.core.db import init_db
from matchmaker.core.errors import init_errors
from matchmaker.core.forms import init_forms
from matchmaker.core.htmx import init_htmx
from matchmaker.core.i18n import init_i18n
from matchmaker.core.jobs import init_jobs
from matchmaker.core.large_uploads import init_large_uploads
from matchmaker.core.limits import init_limits
from matchmaker.core.mail import init_mail
from matchmaker.core.navigation import init_navigation
from matchmaker.core.personal_data import init_personal_data
from matchmaker.core.requests import init_requests
from matchmaker.core.retention import init_retention
from matchmaker.core.security import init_security
from matchmaker.core.ui import register_ui
from matchmaker.core.unit_of_work import WRITING, init_unit_of_work
from matchmaker.firms.merging.parts import init_merging
from matchmaker.firms.queries import memberships
from matchmaker.institutions.queries import grants
from matchmaker.parts import BLUEPRINTS, COMMANDS, DATA_CLASSES, MERGED, PERSONAL_DATA, RULES, SETUPS


def create_app(config: Config | None = None) -> Flask:
    """Build the application from a configuration, by default from the environment; raises ConfigError."""
    app = Flask("matchmaker", root_path=str(ROOT / "matchmaker"), instance_path=str(ROOT / "instance"))
    app.template_folder, app.static_folder = "../templates", "../static"
    settings = (config or Config.from_environment()).completed()
    app.config.from_object(settings)
    app.config.update(
        SQLALCHEMY_DATABASE_URI=settings.DATABASE_URL,
        INSTANCE=settings.instance,
        MIGRATIONS_DIR=str(ROOT / "migrations"),
        TRANSLATIONS_DIR=str(ROOT / "matchmaker" / "translations"),
    )
    settings.instance.mkdir(parents=True, exist_ok=True)
    _stand_behind(app, settings.TRUSTED_PROXIES)
    init_requests(app)
    init_assets(app)
    init_security(app)
    init_db(app)
    init_unit_of_work(app)
    init_access(app, load_actor)
    init_limits(app)
    init_htmx(app)
    init_i18n(app)
    init_large_uploads(app)
    init_forms(app)
    init_navigation(app)
    register_ui(app)
    init_jobs(app)
    init_crews(app, create_app, settings)
    init_mail(app)
    init_errors(app)
    _take_in_parts(app)
    check_access_declared(app)
    return app


def _take_in_parts(app: Flask) -> None:
    """What the domains bring along."""
    init_personal_data(app, PERSONAL_DATA)
    init_retention(app, DATA_CLASSES)
    init_merging(app, MERGED)
    for setup in SETUPS:
        setup(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    for command in COMMANDS:
        app.cli.add_command(command)
    app.jinja_env.globals["rules"] = RULES


def _stand_behind(app: Flask, hops: int) -> None:
    """Believe the forwarding headers of so many proxies."""
    if hops:
        # The place that Flask names for what wraps an application.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]


def load_actor() -> Actor | None:
    """The actor of the request's session cookie; roles at an institution count only with the second factor."""
    token = session.get(SESSION_KEY)
    found = person_of_session(token) if token else None
    if found is None:
        return None
    person, signed_in = found
    if request.method in WRITING:
        extend_session(signed_in)
    roles = grants(person.id)
    incomplete = bool(roles) and not signed_in.second_factor
    return Actor(
        person_id=person.id,
        name=person.name,
        email=person.email,
        language=person.language,
        session_id=signed_in.id,
        grants=() if incomplete else roles,
        memberships=() if incomplete else memberships(person.id),
        needs_second_factor=incomplete,
    )
