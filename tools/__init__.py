"""Maintainers' campaigns: wrong evidence, wrong code, spoiled files, timings."""
