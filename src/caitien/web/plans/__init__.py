"""Plans and their actions: kept, shown, edited, with who changed what."""
