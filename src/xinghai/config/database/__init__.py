"""The embedded PostgreSQL: found, initialised, started, watched and stopped by us.

`launcher.start` and `launcher.borrow` are the two doors; the other files are
its parts: binaries < account < home < process < server < roles < launcher.
"""
