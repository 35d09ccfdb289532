"""The B2B day of a trip: wishes, timetable, the day itself."""
