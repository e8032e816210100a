"""Khung tiêu chuẩn: what schools are judged against, to read, compare, print and try. Owns no tables."""
