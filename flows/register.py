"""`python -m flows.register`, as compose files written for version 0.1 say; it lives in `flows.deploy.register`."""

import sys

from flows.deploy.register import main

if __name__ == "__main__":
    main(sys.argv[1:])
