"""Any number of invented firms of both countries, the same for a seed on every machine, streamed in chunks.

``stream.firms`` gives chunks of columns; a chunk turns into profiles, index documents or database rows. Nothing here
needs a database except ``storing`` and ``commands``.
"""
