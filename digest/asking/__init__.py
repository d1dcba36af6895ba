"""Questions about what was made: why a text is where it is, whether all is well, what a series of issues adds up to."""
