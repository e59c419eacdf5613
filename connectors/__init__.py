"""One folder a network, all of one shape, strangers to each other."""
