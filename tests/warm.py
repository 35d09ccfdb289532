"""What the process of which sites are forked has done already: imported the application and built its tables."""

import gc

import matchmaker.app
from matchmaker.reference import hs_search, word_meanings
from tests import sites

__all__ = ["matchmaker", "sites"]

hs_search.index()
word_meanings.index()
# What stands now is shared by all forks; a collection that walks it would copy it.
gc.collect()
gc.freeze()
