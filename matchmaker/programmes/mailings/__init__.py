"""What the organiser writes to those who signed up for a programme."""
