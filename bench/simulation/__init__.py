"""Simulated worlds, pupils and tries: what the adaptive engine is measured on."""
