"""Tự đánh giá: the self-assessment as a value, and what is decided about it by rules."""
