"""Pages about one's own work and about reminders."""
