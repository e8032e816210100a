"""Tests of the pages of self-assessments."""
