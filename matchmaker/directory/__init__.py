"""Finding firms: the search index beside the database, the directory page, and a firm's profile with its fit."""
