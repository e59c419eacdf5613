"""How the system of these tests is configured, and how patient its clients are."""

GRACE_SECONDS = 10
HEALED_SECONDS = 60.0
WHOLE_SECONDS = 180.0
