"""Offers and requests of firms: written by a firm, reviewed by its institution, shown to the other side first."""
