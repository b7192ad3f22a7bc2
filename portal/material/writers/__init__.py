"""Writers of files: rows in, the same bytes out for the same rows."""
