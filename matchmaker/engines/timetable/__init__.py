"""The B2B day: choosing the meetings that matter, timetabling them, proving how good the plan is, mending it."""
