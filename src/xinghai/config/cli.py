"""The `xinghai` command."""

import argparse
import os
import sys
from collections.abc import Sequence
from typing import Any

import django
from django.core.management import call_command, execute_from_command_line
from django.core.management.base import CommandError

from xinghai.config.checks import database_faults, require_schema
from xinghai.config.comparing import run_compare
from xinghai.config.database.process import end_with_parent
from xinghai.config.demo import run_demo
from xinghai.config.environment import choose_data_dir, installation
from xinghai.config.errors import StartError
from xinghai.config.logs import configure_logs
from xinghai.config.serve import run_serve
from xinghai.config.testing import run_program, run_tests
from xinghai.config.web import web_command
from xinghai.config.worker import run_worker


def main(argv: Sequence[str] | None = None) -> int:
    words = list(sys.argv[1:] if argv is None else argv)
    if os.environ.get("XINGHAI_SUPERVISED"):
        end_with_parent()
    try:
        if words[:1] == ["test"]:
            return run_tests(words[1:])
        if words[:1] in (["bench"], ["pictures"]):
            return run_program(words[0], words[1:])
        arguments = read_arguments(words)
        configure_logs(os.environ.setdefault("XINGHAI_LOG", default_level(arguments.command)))
        COMMANDS[arguments.command](arguments)
    except (StartError, CommandError) as trouble:
        print(trouble, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def read_arguments(words: Sequence[str]) -> argparse.Namespace:
    """Commands of the rooms get what we do not know; everywhere else that is a mistake."""
    parser = build_parser()
    arguments, rest = parser.parse_known_args(words)
    if rest and arguments.command not in ("calls", "create-admin"):
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    arguments.passed_on = rest
    return arguments


def default_level(command: str) -> str:
    return "info" if command in ("serve", "worker", "web") else "warning"


def demo(arguments: argparse.Namespace) -> None:
    data_dir = choose_data_dir(arguments.data_dir, default="demo")
    run_demo(data_dir=data_dir, port=arguments.port, demo_data=not arguments.no_demo_data)


def serve(arguments: argparse.Namespace) -> None:
    run_serve(
        data_dir=choose_data_dir(arguments.data_dir, default="serve"),
        host=arguments.host,
        port=arguments.port,
        web_workers=arguments.web_workers,
        with_worker=not arguments.no_worker,
    )


def web(arguments: argparse.Namespace) -> None:
    """Become the web server; the wish to end with the launcher survives the exec."""
    command = web_command(host=arguments.host, port=arguments.port, workers=arguments.web_workers)
    os.execv(command[0], command)


def worker(arguments: argparse.Namespace) -> None:
    with installation(choose_data_dir(arguments.data_dir, default="serve")):
        django.setup()
        require_schema()
        run_worker(concurrency=arguments.concurrency)


def migrate(arguments: argparse.Namespace) -> None:
    _django(arguments, "migrate", interactive=False, verbosity=1)


def check(arguments: argparse.Namespace) -> None:
    """Django's checks, the database's promises, and that every migration has been applied."""
    with installation(choose_data_dir(arguments.data_dir, default="serve")):
        django.setup()
        call_command("check", fail_level="ERROR")
        faults = database_faults()
        if faults:
            raise StartError(
                *map("\n".join, zip(*((fault.zh, fault.en) for fault in faults), strict=True))
            )


def calls(arguments: argparse.Namespace) -> None:
    words = (arguments.file, *arguments.passed_on)
    _django(arguments, f"calls_{arguments.action}", *words, stored=arguments.action == "load")


def compare(arguments: argparse.Namespace) -> None:
    run_compare(files=arguments.files, stock=arguments.stock)


def create_admin(arguments: argparse.Namespace) -> None:
    _django(arguments, "create_admin", *arguments.passed_on, stored=True)


def manage(arguments: argparse.Namespace) -> None:
    with installation(choose_data_dir(arguments.data_dir, default="serve")):
        execute_from_command_line(["xinghai manage", *arguments.rest])


def _django(
    arguments: argparse.Namespace, name: str, *words: str, stored: bool = False, **options: Any
) -> None:
    """Run one of Django's commands; `stored` when it needs the schema."""
    with installation(choose_data_dir(arguments.data_dir, default="serve")):
        django.setup()
        if stored:
            require_schema()
        call_command(name, *words, **options)


COMMANDS = {
    "demo": demo,
    "serve": serve,
    "web": web,
    "worker": worker,
    "migrate": migrate,
    "check": check,
    "calls": calls,
    "compare": compare,
    "create-admin": create_admin,
    "manage": manage,
}


def build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="xinghai", description="星海 Xinghai")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(name: str, words: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=words, description=words)
        command.add_argument("--data-dir", metavar="DIR", help="数据目录 data directory")
        return command

    demo = add("demo", "演示：启动全部并载入演示数据 everything, with demonstration data")
    demo.add_argument("--port", type=int, default=8000)
    demo.add_argument("--no-demo-data", action="store_true")
    serve = add("serve", "正式运行 for real use")
    serve.add_argument("--no-worker", action="store_true", help="后台另行启动 run workers apart")
    web = commands.add_parser("web")
    for command in (serve, web):
        command.add_argument("--host", default="127.0.0.1")
        command.add_argument("--port", type=int, default=8000)
        command.add_argument("--web-workers", type=int, default=2)
    add("worker", "后台进程 background jobs").add_argument("--concurrency", type=int, default=2)
    add("migrate", "更新数据库结构 bring the schema up to date")
    add("check", "检查配置与数据库 check settings and database")
    calls = add("calls", "批次定义 call definitions")
    calls.add_argument("action", choices=["check", "load"])
    calls.add_argument("file")
    words = "互相比对文件中的文稿 compare the documents of files (JSON lines, Parquet)"
    compare = commands.add_parser("compare", help=words, description=words)
    compare.add_argument("files", help="JSON 行或 Parquet；列 columns: id, text[, unit, writer]")
    compare.add_argument("--stock", nargs="+", default=[], metavar="FILE", help="表格文字 forms")
    add("create-admin", "建立管理员 create an administrator")
    add("manage", "Django 命令 Django's own commands").add_argument("rest", nargs="...")
    commands.add_parser("bench", help="测速 print the benchmarks' tables")
    commands.add_parser("pictures", help="重拍指南的图片 take the guides' pictures again")
    commands.add_parser("test", help="运行测试 run the tests (pytest's arguments follow)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
