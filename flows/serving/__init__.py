"""Serves the published snapshot over HTTP and MCP: pages, API, feeds and tools. Read-only.

May import tasks, schemas, warehouse.reader and warehouse.lookups.
"""
