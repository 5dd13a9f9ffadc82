"""Evidence for one article: reading, reckoning, drawing and publishing, on four floors.

A module imports only from the floors below its own; ``tests/test_floors.py`` holds the list.
"""
