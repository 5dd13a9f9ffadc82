"""Charts: each holds its frame, draws it on an ``ax``, and says the same picture in words."""
