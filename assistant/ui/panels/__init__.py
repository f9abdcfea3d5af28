"""One panel a file: each builds its components and connects their events."""
