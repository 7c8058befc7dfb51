"""A log told on one page: map, paths, funnel, times, rework, deviations."""

from polku_mining.report.map_file import map_svg
from polku_mining.report.page import page
from polku_mining.report.reader import Reader

__all__ = ["Reader", "map_svg", "page"]
