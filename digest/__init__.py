"""digest writes a daily brief you can check: every line opens to the sentences it came from."""

__version__ = "0.1.0"
