"""How well two firms fit, in whole points that add up, and the inverted lists that rank all firms by the same points."""
