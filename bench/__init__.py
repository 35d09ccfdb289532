"""Measurements that are repeated by `make bench`."""
