"""The same questions on Spark: the same kernels inside Arrow functions, the same answers.

>>> from polku_mining.spark import read_log, session
>>> with session("local[4]") as spark:
...     read_log(spark, "s3://logs/visits/").directly_follows()

Spark itself comes with the extra ``polku[spark]`` and needs Java 17.
"""

from polku_mining.spark.log import SparkLog, read_log
from polku_mining.spark.starting import said_of, session, spark_errors

__all__ = ["SparkLog", "read_log", "said_of", "session", "spark_errors"]
