"""What an import would do, worked out without writing anything.

``suggesting`` finds the mapping for a file, ``file_rows`` reads the rows under it, ``here`` knows
what stands in the workspace, one module a sheet says what a row asks for, ``plan`` puts it
together.
"""
