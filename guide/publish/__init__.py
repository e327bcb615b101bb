"""Steps on a built folder; they know nothing of macros or of the engine that built it."""
