"""The bodies that sign memorandums, their people and roles."""
