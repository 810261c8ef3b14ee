"""A new user's whole suggestion."""


def run(*, clients: int, seconds: float) -> None:
    raise SystemExit("not yet")
