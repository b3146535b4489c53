"""Alerts: reads the routes, makes messages of incidents, and gives them to the servers that the operator named.

May import what tasks.upkeep may, and tasks.upkeep. No publisher is asked; the address guard does not apply: a route
may lead to an address of the house.
Ask here: "Why did nobody get a message?"
"""
