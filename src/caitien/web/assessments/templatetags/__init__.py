"""Template tags of self-assessments."""
