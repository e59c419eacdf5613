"""The commands behind the command line, a file for each group."""
