"""Pages of who comes in: by an invitation, by a reset link."""
