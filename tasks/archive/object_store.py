"""Options for object stores: endpoint, region and addressing style."""

import os
from typing import Any


def store_options() -> dict[str, Any]:
    """Options for fsspec, from `AWS_*`; a store with its own endpoint gets the bucket in the path, as in the
    warehouse."""
    endpoint = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
    region = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or "us-east-1"
    style = {"s3": {"addressing_style": "path"}} if endpoint else {}
    return {
        "endpoint_url": endpoint,
        "client_kwargs": {"region_name": region},
        "config_kwargs": style,
        "use_listings_cache": False,
    }
