"""The question bank: files of `portal/content` read into domain values, checked on the way."""
