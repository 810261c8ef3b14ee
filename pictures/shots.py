"""Which pictures there are: who is signed in, where, how wide, and what is done before.

A step is (verb, selector or key): `click`, `press`, `wait` for something to be seen,
`scroll` to it, `fill` the next field (selector, then text after "=>").
"""

from dataclasses import dataclass

WIDE, PHONE = (1280, 800), (390, 844)
Step = tuple[str, str]


@dataclass(frozen=True)
class Shot:
    """One picture; `only` names the part of the page, else the window as it stands."""

    name: str
    person: str
    address: str
    size: tuple[int, int] = WIDE
    steps: tuple[Step, ...] = ()
    only: str = ""
    language: str = ""


SHOTS = (
    Shot("home", "", "/"),
    Shot("home-en", "", "/", language="en"),
    Shot("sign-in", "", "/account/login/"),
    Shot("my-home", "enterprise", "/my/"),
    Shot("form", "enterprise", "/my/suggestions/{阀门密封面:draft}/edit/#f-main_content"),
    Shot("form-phone", "enterprise", "/my/suggestions/{阀门密封面:draft}/edit/", PHONE),
    Shot("progress", "enterprise", "/my/suggestions/{主轴热误差:returned_by_office}/"),
    Shot(
        "receipt",
        "enterprise",
        "/my/suggestions/{燃气管网微泄漏:submitted}/",
        steps=(("click", "a[href*='/receipt/']"), ("wait", ".receipt")),
    ),
    Shot(
        "unit-list",
        "science",
        "/unit/suggestions/",
        (1440, 860),
        steps=(("press", "j"), ("press", "Enter"), ("wait", "#pane h2")),
    ),
    Shot(
        "unit-batch",
        "science",
        "/unit/suggestions/",
        steps=(("press", "j"), ("press", "x"), ("press", "j"), ("press", "x"), ("press", "e")),
    ),
    Shot("unit-schools", "science", "/unit/suggestions/schools/"),
    Shot(
        "inbox",
        "gaoxin",
        "/office/suggestions/",
        (1440, 860),
        steps=(("press", "j"), ("press", "Enter"), ("wait", "#pane .record-header, #pane h2")),
    ),
    Shot("return", "gaoxin", "/office/suggestions/{化工园区多气体:with_office}/return/"),
    Shot(
        "alike",
        "gaoxin",
        "/office/suggestions/{功率器件晶圆级:submitted}/",
        (1280, 1000),
        steps=(("click", "a[href*='/like/']"), ("wait", "h1")),
    ),
    Shot("groups", "gaoxin", "/office/suggestions/groups/", (1280, 860)),
    Shot("load", "gaoxinhead", "/office/suggestions/load/"),
    Shot("overview", "leader", "/office/suggestions/overview/", (1440, 860)),
    Shot("overview-en", "leader", "/office/suggestions/overview/", (1440, 860), language="en"),
    Shot("triage", "planner", "/office/suggestions/triage/"),
)
