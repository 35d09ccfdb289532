"""The WSGI entry point; `flask COMMAND` finds the application here."""

from matchmaker.app import create_app
from matchmaker.core.garbage import spare_what_stands

app = create_app()
spare_what_stands()
