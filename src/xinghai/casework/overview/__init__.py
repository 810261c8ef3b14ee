"""Planning's and leaders' overview: numbers that are sentences, each opening its rows."""
