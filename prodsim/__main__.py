"""`python -m prodsim`."""

from prodsim.cli import main

if __name__ == "__main__":
    main()
