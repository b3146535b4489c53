"""How well stories and copies agree with what people labelled.

May import schemas and tasks.pure. Ask here: "How good are the stories?"
"""
