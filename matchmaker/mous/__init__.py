"""Memorandums: parties, period, areas of cooperation, status."""
