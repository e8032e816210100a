"""Slow work in the background, with progress that a page shows. See docs/jobs.md."""
