"""What may happen to conversations: the only code that writes."""
