"""The load generator: each measurement in a process of its own, apart from what it measures."""
