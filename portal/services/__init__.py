"""What is done: one use case a function, one transaction each; no request, no HTML."""
