"""Drawing: each function takes frames and an ``ax`` and gives the ``ax`` back.

Beside each drawing function stands one that says the same picture in words, from the same frame:
``ladder`` and ``ladder_alt``.
"""
