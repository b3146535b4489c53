"""How well stories and copies agree with what people labelled.

May import schemas, tasks.pure and warehouse. Ask here: "How good are the stories?"
"""
