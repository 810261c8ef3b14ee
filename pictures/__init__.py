"""The guides' pictures, taken from the running demonstration: so they stay true."""
