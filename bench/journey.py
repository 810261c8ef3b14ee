"""A new user's whole suggestion."""


def run() -> None:
    raise SystemExit("not yet")
