"""A session of Spark that finds itself, this Python and this library."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import polku_mining
from polku_mining.problems import BadLog
from polku_mining.sentences import Sentence

HERE = "127.0.0.1"
LIBRARY = Path(polku_mining.__file__).resolve().parent.parent


@contextmanager
def session(master: str = "local[*]", **settings: str) -> Iterator[Any]:
    """A Spark session that ends with the block. Raises BadLog where Spark or Java is missing.

    *settings* are Spark's own with lines for dots: ``spark_ui_enabled="false"``.
    """
    try:
        import pyspark
        from pyspark.errors import PySparkRuntimeError
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise BadLog(Sentence(
            "Spark is not installed. Install polku[spark], or let the local engine answer."
        )) from error  # fmt: skip
    os.environ.setdefault("SPARK_HOME", str(Path(pyspark.__file__).parent))
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master(master).appName("polku_mining")
    for name, value in _settings(master, settings).items():
        builder = builder.config(name, value)
    try:
        spark = builder.getOrCreate()
    except PySparkRuntimeError as error:
        raise BadLog(Sentence(
            "Spark could not be started at {master}; it needs Java 17 or newer: {error}",
            master=master, error=str(error).splitlines()[0],
        )) from error  # fmt: skip
    spark.sparkContext.setLogLevel("ERROR")
    try:
        yield spark
    finally:
        spark.stop()


def _settings(master: str, own: dict[str, str]) -> dict[str, str]:
    known = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.session.timeZone": "UTC",
        "spark.executorEnv.PYTHONPATH": str(LIBRARY),
    }
    if master.startswith("local"):  # nobody else needs to reach it
        known |= {"spark.driver.host": HERE, "spark.driver.bindAddress": HERE}
    return known | {name.replace("_", "."): value for name, value in own.items()}


def spark_errors() -> tuple[type[Exception], ...]:
    """What Spark raises when it gives up."""
    from py4j.protocol import Py4JJavaError
    from pyspark.errors import PySparkException

    return PySparkException, Py4JJavaError


def said_of(error: Exception) -> str:
    """The first line of what went wrong, without the stack of Java."""
    java = getattr(error, "java_exception", None)
    text = java.getMessage() if java is not None else str(error)
    return str(text or error).splitlines()[0]
