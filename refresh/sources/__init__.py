"""The official sources, one module each: what they publish, read into a delivery."""
