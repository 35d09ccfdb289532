"""What came of meetings: both sides say it, staff see it beside the benchmarks of such events."""
