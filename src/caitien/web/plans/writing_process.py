"""Renders one document in a process of its own: its tree (pickled by our own parent) on standard input, the file on standard output.

Knows no Django. See `forms_of_documents.rendered` for why.
"""

from __future__ import annotations

import pickle
import sys


def main() -> None:
    from caitien.writing import render

    document = pickle.load(sys.stdin.buffer)  # noqa: S301  (from the process that started this one)
    sys.stdout.buffer.write(render(document, sys.argv[1]))


if __name__ == "__main__":
    main()
