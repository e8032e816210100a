"""An app that only the tests have: its kinds of job are found as those of any app."""
