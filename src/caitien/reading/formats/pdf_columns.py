"""Tables whose rules are missing, in part or all: their columns and rows from how the words line up."""

from __future__ import annotations

from typing import Any

from caitien.reading.formats.pdf_grid import Grid
from caitien.reading.formats.pdf_page import Page, Rule
from caitien.reading.source import Block


def virtual_rules(page: Page) -> tuple[list[Rule], list[Rule]]:
    return page.level, page.plumb


def split_bands(grid: Grid, page: Page) -> Grid:
    return grid


def gridless_tables(blocks: list[Block], parts: Any) -> list[Block]:
    return blocks
