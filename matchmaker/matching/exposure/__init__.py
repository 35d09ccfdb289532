"""How often firms are shown to others: how it is spread, and the most that one firm may get."""
