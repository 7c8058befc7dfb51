"""Polku's SQLite backend for Django: ENGINE "polku.storage.sqlite".

The swap below must stay above every import of Django's own backend, which binds the driver
when it is imported. Debian 12 links SQLite 3.40, which can lose commits in WAL mode; the wheel
brings a newer one. Where there is no wheel the stock driver stays and `journal` picks DELETE.
"""

import sys

try:
    import pysqlite3  # type: ignore[import-untyped, unused-ignore]
    import pysqlite3.dbapi2  # type: ignore[import-untyped, unused-ignore]
except ImportError:
    pass
else:
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
