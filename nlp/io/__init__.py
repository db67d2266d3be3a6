"""Files in and out: `read.py` gives proposals, `write.py` takes results.

The way in: `guard` and `kinds` look before opening; `spreadsheet`, `delimited`,
`jsonlines`, `parquet` and `markup` give grids; `shape` makes tables of them; `columns` says
what is what; `documents` and `fields` do the same for running text; `proposals` joins both.
"""
