"""Lists of participants that go out to named staff on a schedule."""
