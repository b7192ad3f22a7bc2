"""The rules of Balise: pure functions and values, no clock, no database, no web."""
