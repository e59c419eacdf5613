"""What the bot does beyond answering from its domain: one topic a module."""
