"""`python -m abonent`: the command line."""

from abonent.cli import main

main()
