"""In-app and e-mail notices to a person."""
