"""Evidence for one article: what a chapter imports, and nothing else.

A module imports only from the floors below its own; ``tests/test_rooms.py`` holds the list.
"""
