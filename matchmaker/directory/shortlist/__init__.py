"""A firm's shortlist: firms to come back to, with notes that only the own people read, and up to four side by side."""
