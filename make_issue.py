"""Makes newspaper issues: ``python make_issue.py issues/ruzhou/3239.yaml``."""

import sys

from layout.cli import main

__all__ = ["main"]

if __name__ == "__main__":
    sys.exit(main())
