"""What earlier days say about the limits of the next one: proposals that somebody takes or leaves."""
