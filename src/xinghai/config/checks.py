"""What a database must promise before the site serves: a receipt is never lost.

Not Django system checks: those also run before `migrate`, on a database that
may still be on its way to this state.
"""

from django.db import connections
from django.db.backends.utils import CursorWrapper
from django.db.migrations.executor import MigrationExecutor

from xinghai.config.database.binaries import OLDEST
from xinghai.config.database.roles import EXTENSIONS
from xinghai.config.errors import StartError

DURABLE = {
    "data_checksums": ("on",),
    "fsync": ("on",),
    "full_page_writes": ("on",),
    "synchronous_commit": ("on", "local", "remote_write", "remote_apply"),
}


def database_faults(alias: str = "default") -> list[StartError]:
    """Every reason not to trust this database with a submission."""
    with connections[alias].cursor() as cursor:
        too_old = _version_faults(cursor)
        if too_old:
            return too_old
        return [
            *_durability_faults(cursor),
            *_role_faults(cursor),
            *_extension_faults(cursor),
            *_migration_faults(alias),
        ]


def _version_faults(cursor: CursorWrapper) -> list[StartError]:
    cursor.execute("SELECT current_setting('server_version_num')::int / 10000")
    (major,) = cursor.fetchone()
    return version_faults(major)


def version_faults(major: int) -> list[StartError]:
    if major >= OLDEST:
        return []
    return [
        StartError(
            f"PostgreSQL 版本为 {major}，需要 {OLDEST} 或更高。",
            f"PostgreSQL is version {major}; {OLDEST} or later is needed.",
        )
    ]


def _durability_faults(cursor: CursorWrapper) -> list[StartError]:
    cursor.execute(
        "SELECT name, setting FROM pg_settings WHERE name = ANY(%s) ORDER BY name", [list(DURABLE)]
    )
    return [
        StartError(
            f"数据库参数 {name} 为 {value}：已回执的提交可能丢失，请改为 on。",
            f"The database runs with {name} = {value}, so a submission with a receipt may be"
            " lost: set it to on.",
        )
        for name, value in cursor.fetchall()
        if value not in DURABLE[name]
    ]


def _role_faults(cursor: CursorWrapper) -> list[StartError]:
    cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    if cursor.fetchone() != (True,):
        return []
    return [
        StartError(
            "应用的数据库账户是超级用户，能绕过防篡改触发器；请换成只拥有本库的账户。",
            "The application's database role is a superuser and could switch off the triggers that"
            " protect the history: use one that owns its database and nothing else.",
        )
    ]


def _extension_faults(cursor: CursorWrapper) -> list[StartError]:
    cursor.execute("SELECT extname FROM pg_extension")
    return extension_faults({name for (name,) in cursor.fetchall()})


def extension_faults(present: set[str]) -> list[StartError]:
    return [
        StartError(
            f"数据库缺少扩展 {name}：请由数据库管理员执行 CREATE EXTENSION {name}。",
            f"The database lacks the extension {name}: let its administrator run"
            f" CREATE EXTENSION {name}.",
        )
        for name in sorted(set(EXTENSIONS) - present)
    ]


def require_schema(alias: str = "default") -> None:
    for fault in _migration_faults(alias):
        raise fault


def _migration_faults(alias: str) -> list[StartError]:
    executor = MigrationExecutor(connections[alias])
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return []
    return [
        StartError(
            "数据库结构不是最新：请先运行 ./xinghai migrate。",
            "The database schema is behind: run ./xinghai migrate first.",
        )
    ]
