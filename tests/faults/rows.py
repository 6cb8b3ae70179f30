"""The ways in which a model server fails, by the tables that were drawn up of them before this engine was written."""

from __future__ import annotations

from enum import StrEnum


class Row(StrEnum):
    """A row of a table: how a server fails, and what must come of it."""

    # the classes of errors
    CONNECTION = "connection, 408, 409, 500, 502, 503, 504: asked again, spread out, a bounded number of times"
    THROTTLED = "429 and overload: one pause for all, as long as the server says"
    NO_CREDIT = "429 for want of credit: never asked again, finished calls kept"
    PARAMETER = "400 for a parameter: asked once more without it, and it is remembered"
    TOO_LONG = "the text is longer than the context: the section is split"
    FILTERED_400 = "400 by a content filter: not asked again, its section is marked, the job goes on"
    KEY_OR_MODEL = "401, 403, 404: not asked again, a plain sentence"
    LENGTH = "cut off at the length limit: more room or a split, the fragment is never read"
    REFUSAL = "a refusal or a filtered answer: not asked again, its section is marked"
    SHAPE = "the wrong form: mended here, then one call that says what was wrong"
    # what the client library does not say
    RETRY_AFTER = "Retry-After as seconds, milliseconds, a date, garbage, or far too long"
    SHOULD_RETRY = "the server's own word on whether to try again changes nothing for credit"
    PASSES = "a fault that passes: the answer is used, and every request is counted"
    HTML = "a web page, with any status"
    ERROR_200 = "an error, or no choices, under status 200"
    CUT_BODY = "a body that ends before its announced length"
    EMPTY = "no content"
    FENCED = "an answer in a code fence or a sentence is read"
    STREAM_UNENDED = "a stream that ends without a finish reason is not an answer"
    STREAM_CUT = "a stream that is cut, tells an error, or is no JSON"
    DRIP = "signs of life without an end stop at the wall clock, silence sooner"
    HANG_UP = "a connection closed without a word, or in mid-stream"
    # answers that are whole and wrong
    EVERY_BYTE = "an answer cut at any byte is never taken for a whole one"
    DUPLICATE_KEYS = "a key that stands twice"
    NOT_A_NUMBER = "NaN"
    HUGE = "ten megabytes"
    BAD_UTF8 = "bytes that are no text, also across the borders of chunks"
    WRONG_IDS = "ids that nothing was said under"
    INVENTED = "quotes that nobody said are asked about once, then dropped and counted"
    OUTSIDE = "a quote from a turn that was not to be quoted"
    USAGE = "usage that is missing or cannot be: the reservation is charged"
    MODEL_CHANGED = "another model answers than was asked"
    # a job among others
    STORM = "429 for several calls at once: one shared pause, few requests"
    KILLED = "killed at any checkpoint: the same map, only what was in flight is paid again"
    CANCELLED = "cancelled in a wait, in a stream, in the merge: sockets closed within a second"
    CAP = "the cap holds with several calls in flight"
    TWO_JOBS = "the same transcript in another job repeats nothing that was finished"
    AT_ONCE = "two jobs on one document at the same time: each has its map, and what was asked twice is told"
    DISK_FULL = "a full disk when an answer is to be kept: the job is put back, the answer is known to be lost"
    SAME_KEYS = "the same input has the same keys"
