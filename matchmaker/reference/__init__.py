"""Classifications, regions, identifiers and dated rules that every domain reads and none may change."""
