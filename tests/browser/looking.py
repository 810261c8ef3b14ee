"""What a look at a page finds wrong: sideways scrolling, and what axe calls serious."""

from collections.abc import Collection

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WIDTHS = (390, 768, 1440)
SERIOUS = {"serious", "critical"}


def faults_of(
    page: Page, address: str, *, widths: Collection[int] = WIDTHS, axe_at: Collection[int] = (1440,)
) -> list[str]:
    """Open the page, look at it at each width, and let axe read it at those of `axe_at`."""
    page.goto(address)
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if wide > 0:
            found.append(f"{address} at {width}: {wide} px too wide")
        if width in axe_at:
            found += _barriers(page, f"{address} at {width}")
    return found


def _barriers(page: Page, where: str) -> list[str]:
    return [
        f"{where}: {one['id']} {node['target']} {node['html'][:120]}"
        for one in Axe().run(page).response["violations"]
        if one["impact"] in SERIOUS
        for node in one["nodes"]
    ]
