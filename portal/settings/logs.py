"""Log lines for operators. They carry identifiers and never content: no query text, no value out of an exception."""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog
from structlog.tracebacks import ExceptionDictTransformer

Line = MutableMapping[str, Any]


def without_query(_logger: object, _method: str, line: Line) -> Line:
    """What somebody searched for stands in the ledger, under its own rule of sight."""
    if isinstance(line.get("request"), str):
        line["request"] = line["request"].partition("?")[0]
    return line


def without_values(_logger: object, _method: str, line: Line) -> Line:
    """Where it broke, and the exception's type: its message may quote a row."""
    exc_info = line.pop("exc_info", None)
    exc_info = sys.exc_info() if exc_info is True else exc_info
    if isinstance(exc_info, BaseException):
        exc_info = (type(exc_info), exc_info, exc_info.__traceback__)
    if exc_info and exc_info[0]:
        stacks = ExceptionDictTransformer(show_locals=False)(exc_info)
        line["exception"] = [
            {"type": stack["exc_type"], "at": [f"{f['filename']}:{f['lineno']} {f['name']}" for f in stack["frames"]]} for stack in stacks
        ]
    return line


def plain() -> structlog.dev.ConsoleRenderer:
    """For terminals. Tracebacks without the values of variables: those may be content."""
    return structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)


def logging_config(*, machine_readable: bool) -> dict[str, Any]:
    """JSON lines for production; for a person at a terminal the same in columns, with whole tracebacks."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        without_query,
    ]
    last: list[Any] = [without_values, structlog.processors.JSONRenderer()] if machine_readable else [plain()]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=True,
    )
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
        "foreign_pre_chain": shared,
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": formatter},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "INFO"},
        "loggers": {
            # the request middleware has said it already, with the request's id
            "django.request": {"level": "CRITICAL"},
            "django": {"level": "WARNING"},
            "axes": {"level": "WARNING"},
        },
    }
