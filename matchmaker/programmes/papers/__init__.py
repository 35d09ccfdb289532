"""What is printed around a programme: badges and the booklet, and its calendar file."""
