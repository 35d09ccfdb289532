"""The timetable of a B2B day: worked out by the engine, changed by hand, released in versions, read as agendas."""
