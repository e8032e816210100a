"""Commands of `caitien manage` about reminders."""
