"""Who does which task of an institution's inbox."""
