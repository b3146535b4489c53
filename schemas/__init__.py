"""Schemas declare what is true of the data: types, settings, errors.

May import the standard library and pydantic (`quality.expectations` alone: great_expectations and pandas).
Ask here: "Which values may this field have?"
"""
