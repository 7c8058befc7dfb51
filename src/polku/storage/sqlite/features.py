"""What this backend can do, where the answer differs from Django's."""

from django.db.backends.sqlite3 import features


class DatabaseFeatures(features.DatabaseFeatures):
    """Django asks the connection for its limit; `pysqlite3` has no `getlimit`."""

    # SQLite's own default since 3.32; every build that we run on has at least this.
    max_query_params = 32766
