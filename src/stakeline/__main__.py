"""`python -m stakeline` is the command `stakeline`."""

import sys

from stakeline.cli import main

sys.exit(main())
