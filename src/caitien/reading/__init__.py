"""Files to values: open safely, find the table, name its columns, join its rows."""
