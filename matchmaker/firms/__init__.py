"""Firm profiles, members, products, documents and verification."""
