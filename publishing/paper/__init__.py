"""The parts of the printed book: the page made clean, tables measured, template and filter."""
