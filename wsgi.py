"""The WSGI entry point; `flask COMMAND` finds the application here."""

from matchmaker.app import create_app

app = create_app()
