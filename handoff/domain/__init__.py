"""Pure rules of conversations, operators and the queue: no I/O, no clock, no chance."""
