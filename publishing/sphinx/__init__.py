"""How notebooks become pages: myst-nb's renderer, the theme, the appendices."""
