"""The heart: who owns a conversation, and how it moves between bot and people."""
