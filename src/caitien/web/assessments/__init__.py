"""Tự đánh giá: council, criterion reviews, judgements, levels, school data, the report."""
