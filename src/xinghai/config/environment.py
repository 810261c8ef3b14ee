"""What every process of one installation must agree on: where, which mode, which database."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from xinghai.config.database.account import server_account
from xinghai.config.database.home import keep_secret, make_directory
from xinghai.config.errors import StartError

# Directories of the data that only the site itself reads.
PRIVATE = ("files", "mail")
PACKAGE = Path(__file__).resolve().parent.parent


def choose_data_dir(given: str | None, *, default: str) -> Path:
    """The option, else XINGHAI_DATA_DIR, else `data/<default>` beside the command."""
    named = given or os.environ.get("XINGHAI_DATA_DIR")
    if named:
        return Path(named).resolve()
    return Path(os.environ.get("XINGHAI_HOME", ".")).resolve() / "data" / default


def claim_data_dir(data_dir: Path, mode: str) -> None:
    """A data directory keeps its first mode: demonstration accounts have public passwords."""
    make_directory(data_dir, server_account())
    mark = data_dir / "mode"
    if not mark.exists():
        mark.write_text(mode)
    made_for = mark.read_text().strip()
    if made_for != mode:
        raise StartError(
            f"数据目录 {data_dir} 是为 {made_for} 建立的，不能用于 {mode}；"
            "请用 --data-dir 另选目录。",
            f"The data directory {data_dir} was made for {made_for} and cannot {mode}:"
            " choose another one with --data-dir.",
        )


def establish(data_dir: Path, *, database_url: str, mode: str | None = None) -> None:
    """Put into this process's environment what the settings read; children inherit it."""
    mark = data_dir / "mode"
    known = mark.read_text().strip() if mark.exists() else "serve"
    os.environ["XINGHAI_MODE"] = mode or os.environ.get("XINGHAI_MODE") or known
    os.environ["XINGHAI_DATA_DIR"] = str(data_dir)
    os.environ["DATABASE_URL"] = database_url
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xinghai.config.settings")
    if not os.environ.get("XINGHAI_SECRET_KEY"):
        make_directory(data_dir, server_account())
        key = keep_secret(data_dir / "secret-key", secrets.token_urlsafe(64))
        os.environ["XINGHAI_SECRET_KEY"] = key
    if not os.environ.get("XINGHAI_PERSONAL_KEY"):
        make_directory(data_dir, server_account())
        key = keep_secret(data_dir / "personal-key", secrets.token_urlsafe(64))
        os.environ["XINGHAI_PERSONAL_KEY"] = key
    _keep_compiled(data_dir)
    _keep_private(data_dir)


def _keep_private(data_dir: Path) -> None:
    """Attachments and letters are for no other account of the machine, whatever its umask."""
    if not data_dir.is_dir():
        return
    for name in PRIVATE:
        with suppress(PermissionError):
            (data_dir / name).mkdir(mode=0o700, exist_ok=True)
            (data_dir / name).chmod(0o700)


def _keep_compiled(data_dir: Path) -> None:
    """Where the program's own files may not be written, compiled loops are kept with the data.

    Without a place for them none can be called: nothing could be searched or compared.
    """
    if not os.access(PACKAGE / "similarity", os.W_OK):
        os.environ.setdefault("NUMBA_CACHE_DIR", str(data_dir / "compiled"))
