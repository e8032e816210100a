"""Cải Tiến: quality improvement plans (kế hoạch cải tiến chất lượng) of Vietnamese schools."""

__version__ = "0.1.0"
