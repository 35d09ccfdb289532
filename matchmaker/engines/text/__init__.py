"""Folding, stemming, romanisation and ordering of Turkish, Russian and English words: one module for index, query and names."""
