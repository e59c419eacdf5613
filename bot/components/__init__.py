"""The pipeline's own components: each module holds pure code and, last, its Rasa component."""
