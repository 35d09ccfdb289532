"""What is found when a firm sends an opportunity: the same again, listed goods, sensitive words; and the list of the words."""
