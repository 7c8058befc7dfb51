"""Runs a command; tells its wall seconds, peak MiB, exit code and what it said.

A small process of its own does this: a process counts as its peak what its parent held, too.
"""

import json
import os
import subprocess
import sys
import time

begun = time.perf_counter()
with subprocess.Popen(
    sys.argv[1:], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
) as running:  # fmt: skip
    told = running.stdout.read() if running.stdout else b""
    _pid, status, used = os.wait4(running.pid, 0)
    running.returncode = os.waitstatus_to_exitcode(status)
json.dump({
    "wall": time.perf_counter() - begun, "peak": used.ru_maxrss / 1024,
    "code": running.returncode, "told": told.decode(),
}, sys.stdout)  # fmt: skip
