"""Fresh figures from the official sources, held against the models before they count."""
