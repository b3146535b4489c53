"""Run the simulation."""

from bench.freshness.simulate import main

main()
