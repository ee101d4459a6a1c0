"""Main: `python -m taxengine.cli` is the `taxengine` command."""

from taxengine.cli import main

if __name__ == "__main__":
    main()
