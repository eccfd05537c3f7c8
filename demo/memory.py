"""The sample company in memory, without a site: python3 demo/memory.py --help"""

import sys
from pathlib import Path

sys.path.insert(1, str(Path(__file__).resolve().parents[1]))

from sales_wh_flow_demo.memory import main

if __name__ == "__main__":
	sys.exit(main())
