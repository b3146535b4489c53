"""The demo site: three invented outlets on loopback, for the demo and for tests. Standard library and
`schemas` only; all that is served was written for this project.

May import schemas and tasks.pure.
Ask here: "What does the demo serve?"
"""

from tasks.demo_site.site import Newsroom, sources_path

__all__ = ["Newsroom", "sources_path"]
