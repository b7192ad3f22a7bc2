"""Simulators: a state, a few actions that change it, rules that judge where it ends."""
