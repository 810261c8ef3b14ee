"""What the command line says when it cannot go on: in both languages, with the remedy."""


class StartError(Exception):
    """A refusal an operator can act on; printed without a traceback."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh}\n{en}")
        self.zh = zh
        self.en = en
