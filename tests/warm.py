"""What a process that builds applications has done already: imported everything, built its tables and its mappers.

Sites are forked from such a process, and the tests of a worker begin in one. Without it every full collection walked
half a million objects that stand until the end, which took half of the time of a test with a database.
"""

from sqlalchemy.orm import configure_mappers

import matchmaker.app
from matchmaker.core.garbage import spare_what_stands
from matchmaker.reference import hs_search, word_meanings
from tests import sites

__all__ = ["matchmaker", "sites"]

hs_search.index()
word_meanings.index()
configure_mappers()
# What stands now is shared by all forks; a collection that walks it would copy it.
spare_what_stands()
