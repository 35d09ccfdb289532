"""How well points tell which introductions firms accept: a report over decisions, and a proposal learned from them."""
