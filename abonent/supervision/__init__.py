"""`abonent up`: the whole system under supervisord, started whole and stopped whole."""
