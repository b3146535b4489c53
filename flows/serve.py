"""`python -m flows.serve`, as commands written for version 0.1 say; it lives in `flows.deploy.serve`."""

from flows.deploy.serve import main

if __name__ == "__main__":
    main()
