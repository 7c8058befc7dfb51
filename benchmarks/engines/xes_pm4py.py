"""Reading XES with the portable reader of pm4py."""

import json
import sys

import pm4py

json.dump({"events": len(pm4py.read_xes(sys.argv[1], variant="iterparse"))}, sys.stdout)
