"""The national register of small firms and the agencies' own lists: readers, storing, lookups."""
