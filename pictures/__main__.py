"""`./xinghai pictures [NAME …]`: take the guides' pictures from a demonstration of its own."""

import argparse
import subprocess
import sys

import django


def main() -> None:
    parser = argparse.ArgumentParser(prog="xinghai pictures", description=__doc__)
    parser.add_argument("names", nargs="*", help="pictures to take; all without a name")
    wanted = parser.parse_args()
    # As the demonstration does before it opens.
    prepare = [sys.executable, "-m", "xinghai.config.prepare", "--demo-data"]
    subprocess.run(prepare, check=True, stdout=subprocess.DEVNULL)
    django.setup()
    # Models can be imported only now; this is a program, not part of the house.
    from pictures import taking  # noqa: PLC0415

    taking.run(wanted.names)


if __name__ == "__main__":
    main()
