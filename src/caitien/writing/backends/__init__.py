"""Backends: each file renders the document tree into one format; its name is the format's, `render(document) -> bytes`."""
