"""Tables of school data: one YAML file for a family of frameworks at some school levels, read by `tables_loading`."""
