"""The forms of exported rows: cells of tables, feeds, the card and the descriptor of a data package.

May import schemas and the rooms reports and text.
"""
