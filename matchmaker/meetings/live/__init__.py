"""The day itself: what is on, who is missing, how the timetable is mended while it runs."""
