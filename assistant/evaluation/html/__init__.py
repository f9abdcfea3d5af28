"""A report and its verdict -> one HTML file that a person reads: tables, charts, every case."""
