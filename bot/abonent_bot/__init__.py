"""The bot's process: training, serving and understanding messages with Rasa."""
