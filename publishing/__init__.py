"""Publishing: results become pages, notebooks are run, the book is built."""
