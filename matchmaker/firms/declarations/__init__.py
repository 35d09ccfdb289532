"""Declarations of size: the figures a firm states, the class they give it, and until when they count."""
