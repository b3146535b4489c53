"""The processes of an installation, and their environment."""

from schemas.runs.installation import Installation, Service

POOL = "newsdesk"
POOLS = (POOL, f"{POOL}-staging")
RETENTION_S = 30 * 86_400
"""Age at which the server deletes flow runs; `ops.runs` keeps them."""
LIVED_S = 60.0
"""A service that ran this long had started: its next end counts as the first again."""
PAUSES_S = (1.0, 60.0)


def environment_of(site: Installation) -> dict[str, str]:
    """The environment of all services. Sizes of batches: docs/explanation/prefect.md (38 ms of CPU a task run become
    12)."""
    return {
        "NEWSDESK_HOME": str(site.home),
        "NEWSDESK_SOURCES": str(site.sources),
        **({"NEWSDESK_SETTINGS": str(site.settings_file)} if site.settings_file else {}),
        **({"NEWSDESK_REPORTS_URL": site.reports_url} if site.reports_url else {}),
        "PREFECT_HOME": str(site.home / "prefect"),
        "PREFECT_API_URL": site.api_url,
        "PREFECT_SERVER_UI_API_URL": site.api_url,
        "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "GX_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "100",
        "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "100",
        "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_FLUSH_INTERVAL": "2",
        "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_BATCH_SIZE": "200",
        "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_READ_BATCH_SIZE": "100",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(RETENTION_S),
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",
        "PREFECT_LOGGING_EXTRA_LOGGERS": "newsdesk,flows,tasks,warehouse",
        "PREFECT_API_BLOCKS_REGISTER_ON_START": str(site.processes == 1).lower(),
        **_storage_of(site),
    }


def _storage_of(site: Installation) -> dict[str, str]:
    """Where the server keeps its rows and leases. Leases outlive the server, whichever way it ends: a slot
    whose lease was lost with it would be taken for ever."""
    chosen = {"PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem"}
    if postgres := site.postgres.get_secret_value():
        chosen["PREFECT_SERVER_DATABASE_CONNECTION_URL"] = f"postgresql+asyncpg://{postgres.partition('://')[2]}"
    if redis := site.redis.get_secret_value():
        chosen |= {
            "PREFECT_MESSAGING_BROKER": "prefect_redis.messaging",
            "PREFECT_MESSAGING_CACHE": "prefect_redis.messaging",
            "PREFECT_SERVER_EVENTS_CAUSAL_ORDERING": "prefect_redis.ordering",
            "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect_redis.lease_storage",
            "PREFECT_REDIS_MESSAGING_URL": redis,
            "PREFECT_SERVER_DOCKET_URL": redis,
        }
    return chosen


def server_of(site: Installation, python: str) -> Service:
    """The Prefect server."""
    words = (
        "--host",
        site.host,
        "--port",
        str(site.port),
        "--log-level",
        "WARNING",
        "--workers",
        str(site.processes),
    )
    return _prefect(site, python, "server", "server", "start", *words)


def executor_of(site: Installation, python: str, name: str) -> Service:
    """What runs the flows: a worker called `name`, or one process that serves them."""
    if site.is_served:
        return Service(name="serve", command=(python, "-m", "flows.deploy.serve"), environment=environment_of(site))
    words = ("--pool", POOL, "--type", "process", "--name", name, "--install-policy", "never")
    return _prefect(site, python, "worker", "--no-prompt", "worker", "start", *words)


def reports_of(site: Installation, python: str, folder: str) -> Service:
    """Serves the folder of the reports: a browser follows no link from the server's pages to a file."""
    words = (str(site.reports_port), "--bind", site.host, "--directory", folder)
    return Service(name="reports", command=(python, "-m", "http.server", *words), environment={})


def upgrade_of(site: Installation, python: str) -> Service:
    """Brings an empty or older PostgreSQL up to date, before several server processes would race to do it."""
    return _prefect(site, python, "upgrade", "server", "database", "upgrade", "--yes")


def blocks_of(site: Installation, python: str) -> Service:
    """Makes the kinds of block that automations send notices by; can run twice. Several server processes do not
    do it, as a single one does at its start: they would race, and the one that loses takes all down."""
    return _prefect(site, python, "blocks", "--no-prompt", "block", "register", "-m", "prefect.blocks.notifications")


def deploy_of(site: Installation, python: str, file: str) -> Service:
    """Registers the deployments of a prefect.yaml; can run twice."""
    return _prefect(site, python, "deploy", "--no-prompt", "deploy", "--all", "--prefect-file", file)


def register_of(site: Installation, python: str) -> Service:
    """Makes the work pool and the automations; can run twice."""
    return Service(name="register", command=(python, "-m", "flows.deploy.register"), environment=environment_of(site))


def save_paused_of(site: Installation, python: str, file: str) -> Service:
    """Writes which deployments and schedules are paused into the file, before `deploy_of` resumes them."""
    return _paused_schedules(site, python, "save", file)


def pause_again_of(site: Installation, python: str, file: str) -> Service:
    """Pauses what the file names again, and deletes the file."""
    return _paused_schedules(site, python, "pause-again", file)


def _paused_schedules(site: Installation, python: str, *words: str) -> Service:
    command = (python, "-m", "flows.deploy.paused_schedules", *words)
    return Service(name="schedules", command=command, environment=environment_of(site))


def _prefect(site: Installation, python: str, name: str, *words: str) -> Service:
    return Service(name=name, command=(python, "-m", "prefect", *words), environment=environment_of(site))


def restart_pause_s(ends: int) -> float:
    """Seconds before the next start, after so many ends in a row: 1, 2, 4 … 60."""
    return min(PAUSES_S[0] * 2.0 ** min(ends - 1, 10), PAUSES_S[1])
