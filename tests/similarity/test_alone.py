"""The text algorithms stand alone: a cluster's worker needs no Django to run them."""

import subprocess
import sys


def test_nothing_of_the_platform_comes_with_them() -> None:
    words = (
        "import sys, xinghai.similarity.comparing;"
        "print(sorted(name for name in sys.modules if name.split('.')[0] in ('django', 'psycopg')))"
    )
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
