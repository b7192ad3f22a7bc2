"""The database: tables, queries, and the translation between rows and domain values."""
