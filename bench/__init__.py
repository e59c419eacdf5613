"""`make bench`: how fast and how heavy a whole system of its own is on this machine."""
