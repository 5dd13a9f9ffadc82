"""Fresh figures from the official sources: read, held against the models, shown before they count.

`fetch` asks over HTTP and keeps what came; `answers` reads it, cell by cell. The modules of
`sources` each read a source in its documented form (`release` and `engines` serve BACI) and give a
`delivery`: rows of our tables and the entry they cite. `proposal` puts them beside what the book
has, `report` judges every claim and adds up every sum before and after, `apply` writes all files or
none. `summary` puts the report into words, `command` does all of it.
"""
