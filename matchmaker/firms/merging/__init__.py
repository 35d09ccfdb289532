"""Two firms that are one made one: what moves, what stays, what forbids it, and the way back."""
