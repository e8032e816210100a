"""Imports with review: a file comes in, is read, is settled by a person, and becomes the plan."""
