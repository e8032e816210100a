"""`python -m caitien.cli`: the same as the `caitien` command."""

import sys

from caitien.cli import main

sys.exit(main())
