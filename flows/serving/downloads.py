"""Tables as files: `/tables/NAME.csv` and `/tables/NAME.json`."""

import csv
import io

from fastapi import APIRouter
from starlette.responses import Response

from flows.serving.desk import ServedDesk
from tasks.pure.reports.exports.cells import as_json, csv_cell

ROWS = 100_000
"""Rows at most: all are held in memory. `newsdesk export` writes as many as there are."""


def downloads_of(desk: ServedDesk) -> APIRouter:
    """The routes of the files."""
    routes = APIRouter()

    @routes.get("/tables/{name}.csv")
    def as_csv(name: str) -> Response:
        found = desk.table(name, ROWS)
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(map(csv_cell, found.columns))
        writer.writerows(map(csv_cell, row) for row in found.rows)
        headers = {"content-disposition": f'attachment; filename="{name}.csv"'}
        return Response(text.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)

    @routes.get("/tables/{name}.json")
    def as_objects(name: str) -> Response:
        found = desk.table(name, ROWS)
        rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
        return Response(as_json(rows), media_type="application/json")

    return routes
