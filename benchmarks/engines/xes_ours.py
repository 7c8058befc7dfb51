"""Reading XES with ours."""

import json
import sys

import polku_mining as pm

json.dump({"events": pm.read_log(sys.argv[1]).n_events}, sys.stdout)
