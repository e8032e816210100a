"""The rules, one file each: a module here with a `RULE` is found by itself. docs/checking.md says how to add one."""
