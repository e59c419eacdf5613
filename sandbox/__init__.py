"""Stand-ins for systems that are the operator's own, so that everything runs on one machine."""
