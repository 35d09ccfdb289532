"""What people may ask about their own data: an archive of it, and its erasure."""
