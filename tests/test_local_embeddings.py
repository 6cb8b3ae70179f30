"""Rules of journey.engines.local.embeddings."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest

from journey.engines.local.embeddings import TOKENIZER, MiniLm, Terms, Vectors
from journey.errors import EngineRefused, JobCancelled


class Checks:
    """Counts checks, and cancels at the given one."""

    def __init__(self, *, stop_at: int = 10**9) -> None:
        self.made, self.stop_at = 0, stop_at

    def check(self) -> None:
        self.made += 1
        if self.made >= self.stop_at:
            raise JobCancelled


@pytest.fixture(scope="module")
def minilm() -> MiniLm:
    return MiniLm()


def test_meaning_is_nearer_than_shared_words(minilm: MiniLm) -> None:
    rows = minilm.embed(
        ["I waited ages for a reply.", "They took weeks to answer me.", "I like a red apple."], Checks()
    )
    assert rows[0] @ rows[1] > rows[0] @ rows[2] + 0.2
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)


def test_nothing_to_embed_is_no_rows(minilm: MiniLm) -> None:
    assert minilm.embed([], Checks()).shape == (0, 384)


def test_a_stop_is_noticed_between_batches(minilm: MiniLm) -> None:
    with pytest.raises(JobCancelled):
        minilm.embed(["some words"] * 100, Checks(stop_at=2))


def test_threads_share_one_model_and_get_the_same_vectors(minilm: MiniLm) -> None:
    answers: list[Vectors] = []
    threads = [
        threading.Thread(target=lambda: answers.append(minilm.embed(["I called the shop."], Checks())))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(np.array_equal(answer, answers[0]) for answer in answers)
    assert len(answers) == 4


def test_absent_weights_are_said_to_be_absent(tmp_path: Path) -> None:
    with pytest.raises(EngineRefused, match="not installed"):
        MiniLm(tmp_path / "model.onnx").load()


def test_changed_files_are_never_run(tmp_path: Path) -> None:
    changed = tmp_path / "tokenizer.json"
    changed.write_bytes(TOKENIZER.read_bytes() + b" ")
    with pytest.raises(EngineRefused, match="damaged"):
        MiniLm(tokenizer=changed).load()


def test_without_weights_shared_words_tell_likeness_in_any_language() -> None:
    rows = Terms().embed(["ich rief die Hotline an", "die Hotline war besetzt", "schönes Wetter heute"], Checks())
    assert rows[0] @ rows[1] > rows[0] @ rows[2]
    rows = Terms().embed(["注文を確認しました", "注文を送りました", "天気がいい"], Checks())
    assert rows[0] @ rows[1] > rows[0] @ rows[2]
