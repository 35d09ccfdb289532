"""Expert exchanges: calls, experts, applications, agreements, and what comes after the return."""
