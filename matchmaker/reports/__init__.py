"""Reports over all domains: the way of firms from registration to deal, also as of a past day."""
