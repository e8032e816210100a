"""Gói minh chứng: everything a school can prove in one ZIP that opens from a USB stick, and the check that it is whole."""
