"""The embedded engines: real PostgreSQL and Valkey servers, run from their wheels."""
