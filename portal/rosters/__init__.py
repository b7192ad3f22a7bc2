"""Readers of roster files: bytes in, domain values or a refusal out; no web, no database."""
