"""Text algorithms over arrays and strings: no database, no Django, no noun of the field."""
