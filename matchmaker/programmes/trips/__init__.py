"""Business trips: itinerary, applications and their scores, readiness, entry rules, passports, letters, co-financing."""
