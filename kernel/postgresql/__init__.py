"""Django's PostgreSQL backend, whose compiler will not read a guarded table before it is said who is looking."""
