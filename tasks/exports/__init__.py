"""Exports: writes rows of the warehouse as files for other tools, and finds the texts of rows without texts.

May import tasks.pure, warehouse.reader and schemas.
"""
