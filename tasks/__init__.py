"""Verbs touch the world: one side effect a file, behind a function that the flows arrange.

May import `tasks.pure`, `warehouse`, `schemas` and their own library; never flows and never another
task. Equipment (`web*`, `courtesy*`, `warc`, `cage*`, `kit`, `progress`)
is no task: tasks may import it.
"""
