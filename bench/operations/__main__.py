"""`python -m bench.operations`: how long does each fused operation take, forward and back?"""

import sys

from ..operation_command import start

if __name__ == "__main__":
    sys.exit(start())
