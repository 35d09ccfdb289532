"""What firms say of their suggestions: not relevant, with a reason; similar ones are lowered, staff see the rate."""
