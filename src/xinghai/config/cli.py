"""The `xinghai` command: reads the words, then loads what the command needs and nothing else."""

import argparse
import os
import sys
from collections.abc import Sequence
from pkgutil import resolve_name

from xinghai.config.errors import StartError
from xinghai.config.parent import ends_with

# Where each command is. Named, not imported: the launcher waits for none of the others' modules.
COMMANDS = {
    "demo": "xinghai.config.launching:demo",
    "serve": "xinghai.config.launching:serve",
    "web": "xinghai.config.launching:web",
    "compare": "xinghai.config.comparing:compare",
    "texts": "xinghai.config.commands:texts",
    "worker": "xinghai.config.commands:worker",
    "migrate": "xinghai.config.commands:migrate",
    "check": "xinghai.config.commands:check",
    "ready": "xinghai.config.commands:ready",
    "calls": "xinghai.config.commands:calls",
    "create-admin": "xinghai.config.commands:create_admin",
    "manage": "xinghai.config.commands:manage",
}
# Programs for developers, each run on a migrated database of its own.
PROGRAMS = {"bench": "bench", "pictures": "pictures", "keep-schema": "xinghai.config.kept_schema"}
DEVELOPING = {
    "bench": "测速 print the benchmarks' tables",
    "pictures": "重拍指南的图片 take the guides' pictures again",
    "keep-schema": "重做 kept_schema.sql make the kept schema anew from the migrations",
    "test": "运行测试 run the tests (pytest's arguments follow)",
}


def main(argv: Sequence[str] | None = None) -> int:
    words = list(sys.argv[1:] if argv is None else argv)
    # Taken out: what we start ourselves has us for its parent.
    supervisor = os.environ.pop("XINGHAI_SUPERVISED", "")
    if supervisor and not ends_with(int(supervisor)):
        return 1
    try:
        if words[:1] == ["test"]:
            return int(resolve_name("xinghai.config.testing:run_tests")(words[1:]))
        if words and words[0] in PROGRAMS:
            run = resolve_name("xinghai.config.testing:run_program")
            return int(run(PROGRAMS[words[0]], words[1:]))
        arguments = read_arguments(words)
        os.environ.setdefault("XINGHAI_LOG", default_level(arguments.command))
        resolve_name(COMMANDS[arguments.command])(arguments)
    except StartError as trouble:
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
    return "info" if command in ("serve", "worker", "web", "texts") else "warning"


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
    # Parts of a start, run by the launcher.
    commands.add_parser("texts").add_argument("--data-dir", metavar="DIR")
    ready = commands.add_parser("ready")
    ready.add_argument("--data-dir", metavar="DIR")
    ready.add_argument("--migrate", action="store_true")
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
    for name, words in DEVELOPING.items():
        commands.add_parser(name, help=words)
    return parser


if __name__ == "__main__":
    sys.exit(main())
