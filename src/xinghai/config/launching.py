"""The commands that start processes: they import little, because somebody waits for the address."""

import argparse
import os

from xinghai.config.demo import run_demo
from xinghai.config.environment import choose_data_dir
from xinghai.config.logs import configure_logs
from xinghai.config.serve import run_serve
from xinghai.config.web import web_command


def demo(arguments: argparse.Namespace) -> None:
    configure_logs(os.environ["XINGHAI_LOG"])
    data_dir = choose_data_dir(arguments.data_dir, default="demo")
    run_demo(data_dir=data_dir, port=arguments.port, demo_data=not arguments.no_demo_data)


def serve(arguments: argparse.Namespace) -> None:
    configure_logs(os.environ["XINGHAI_LOG"])
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
