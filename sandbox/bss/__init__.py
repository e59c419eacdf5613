"""A stand-in for an operator's BSS: TM Forum Open APIs over a PostgreSQL schema of its own."""
