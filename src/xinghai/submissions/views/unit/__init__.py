"""The research office's screens: what waits, reading, returning, handing in, reminding."""
