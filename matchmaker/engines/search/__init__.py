"""The tantivy index of firms beside the database: schema, writer, reader, facets and suggestions; codes go in and out as strings."""
