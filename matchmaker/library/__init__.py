"""What institutions share: good practices, support schemes, questions, experts, and guides for firms."""
