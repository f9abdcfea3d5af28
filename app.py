"""`python app.py`: the chat page over the briefings in `corpus/`, with the settings in force."""

from assistant.__main__ import main

if __name__ == "__main__":
    main(["serve"])
