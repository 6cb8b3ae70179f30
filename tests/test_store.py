"""The data folder: private, recognised, owned once, and closed to anything this program did not write."""

from __future__ import annotations

import os
import pickle
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from pydantic import JsonValue

from journey.errors import InvalidTransition, JobNotFound, StoreDamaged, StoreError, StoreOwned
from journey.jobs import disk, home
from journey.jobs.disk import Table
from journey.jobs.job import Job
from journey.jobs.store import JobStore
from tests.jobs_parts import a_request, small_store


class Bomb:
    """Unpickling this leaves a file behind."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (self.path,)


def a_table(tmp_path: Path) -> Table:
    return Table(tmp_path / "table", make_room=lambda: False)


def plant(folder: Path, **columns: object) -> None:
    """Write a row as an attacker who can write to the folder would."""
    row = {"key": "k", "raw": 1, "mode": 1, "filename": None, "value": None, "store_time": 0.0, **columns}
    with closing(sqlite3.connect(folder / "cache.db")) as database, database:
        names, marks = ", ".join(row), ", ".join("?" * len(row))
        database.execute(f"INSERT INTO Cache ({names}) VALUES ({marks})", list(row.values()))


def test_a_planted_pickle_is_refused_and_does_not_run(tmp_path: Path) -> None:
    table, harm = a_table(tmp_path), tmp_path / "harm"
    plant(tmp_path / "table", mode=4, value=pickle.dumps(Bomb(harm)))
    with pytest.raises(StoreDamaged, match="did not write"):
        table.get("k")
    assert not harm.exists()


def test_a_planted_pickled_key_is_refused_and_does_not_run(tmp_path: Path) -> None:
    table, harm = a_table(tmp_path), tmp_path / "harm"
    plant(tmp_path / "table", key=pickle.dumps(Bomb(harm)), raw=0, value="1")
    with pytest.raises(StoreDamaged, match="key"):
        list(table)
    assert not harm.exists()


@pytest.mark.parametrize("mode", [1, 2, 3, 4])
def test_a_row_that_names_a_file_outside_neither_reads_nor_removes_it(tmp_path: Path, mode: int) -> None:
    table, outside = a_table(tmp_path), tmp_path / "outside.txt"
    outside.write_text('"secret"')
    plant(tmp_path / "table", mode=mode, filename="../outside.txt")
    with pytest.raises(StoreDamaged):
        table.get("k")
    table.set("k", "new")
    table.delete("k")
    assert outside.exists()


@pytest.mark.parametrize("value", ["{", b"{}", 7, None])
def test_a_value_that_is_not_json_text_is_refused(tmp_path: Path, value: object) -> None:
    table = a_table(tmp_path)
    plant(tmp_path / "table", value=value)
    with pytest.raises(StoreDamaged):
        table.get("k")


@pytest.mark.parametrize(
    "value", [None, 0, -1.5, "", "\ud83d alone", "旅 \x00 🧭", [1, [2]], {"a": {"b": None}}, "x" * 10**6]
)
def test_json_values_come_back_as_they_were(tmp_path: Path, value: JsonValue) -> None:
    table = a_table(tmp_path)
    table.set("k", value)
    assert table.get("k") == value
    assert {path.name for path in (tmp_path / "table").iterdir()} <= {"cache.db", "cache.db-wal", "cache.db-shm"}


def test_a_failed_transaction_changes_nothing(tmp_path: Path) -> None:
    table = a_table(tmp_path)

    def change() -> None:
        table.set("k", 1)
        raise InvalidTransition

    with pytest.raises(InvalidTransition):
        table.transact(change)
    assert table.get("k") is None
    table.set("k", 2)
    assert table.get("k") == 2


def test_writers_in_many_threads_take_turns(tmp_path: Path) -> None:
    table = a_table(tmp_path)

    def add() -> None:
        for _ in range(25):
            table.transact(lambda: table.set("n", int(str(table.get("n") or 0)) + 1))

    threads = [threading.Thread(target=add) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert table.get("n") == 200


def test_a_folder_that_another_program_holds_is_given_up_in_bounded_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "PATIENCE", 1.0)
    table = a_table(tmp_path)
    with closing(sqlite3.connect(tmp_path / "table/cache.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        with pytest.raises(StoreError, match="busy"):
            table.set("k", 1)
        assert time.monotonic() - began < 5
        other.execute("ROLLBACK")
    table.set("k", 1)


def test_what_the_store_makes_is_for_this_user_only(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        store = small_store(tmp_path / "deep/home")
        store.files.keep(b"x")
    finally:
        os.umask(old)
    folders = [path for path in (tmp_path / "deep/home").rglob("*") if path.is_dir()]
    assert {path.name for path in folders} >= {"records", "checkpoints", "files"}
    for path in [*folders, store.home]:
        assert stat.S_IMODE(path.stat().st_mode) == 0o700


def test_a_folder_that_was_there_keeps_its_mode(tmp_path: Path) -> None:
    """The user may point at any folder, even a shared one such as /tmp."""
    tmp_path.chmod(0o755)
    small_store(tmp_path)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755


def test_the_same_folder_opens_again(tmp_path: Path) -> None:
    store = small_store(tmp_path)
    store.records.add(Job(id="1", request="r", created=0), a_request())
    store.close()
    assert [job.id for job in small_store(tmp_path).records.jobs()] == ["1"]


def remove_records(home: Path) -> None:
    for path in (home / "records").iterdir():
        path.unlink()


def empty_records(home: Path) -> None:
    remove_records(home)
    (home / "records/cache.db").touch()


def exchange_records(home: Path) -> None:
    remove_records(home)
    other = small_store(home / "other")
    other.close()
    for path in (home / "other/records").iterdir():
        path.rename(home / "records" / path.name)


@pytest.mark.parametrize("harm", [remove_records, empty_records, exchange_records])
def test_records_that_were_lost_or_exchanged_are_noticed(tmp_path: Path, harm: object) -> None:
    """SQLite itself would open an empty store without a word."""
    small_store(tmp_path).close()
    assert callable(harm)
    harm(tmp_path)
    with pytest.raises(StoreDamaged, match="missing or were exchanged"):
        small_store(tmp_path)


def test_a_crash_before_the_folder_was_marked_is_mended(tmp_path: Path) -> None:
    small_store(tmp_path).close()
    (tmp_path / "store.id").unlink()
    small_store(tmp_path).close()
    assert (tmp_path / "store.id").exists()


def test_a_new_folder_may_be_opened_by_many_at_once(tmp_path: Path) -> None:
    """A page, a shell and a worker may be the first together."""
    opened: list[JobStore] = []
    threads = [threading.Thread(target=lambda: opened.append(small_store(tmp_path / "new"))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(opened) == 6
    for number, store in enumerate(opened):
        store.records.add(Job(id=str(number), request=str(number), created=number), a_request())
    assert len(opened[0].records.jobs()) == 6


def test_a_zeroed_header_is_damage(tmp_path: Path) -> None:
    small_store(tmp_path).close()
    with (tmp_path / "records/cache.db").open("r+b") as file:
        file.write(bytes(100))
    with pytest.raises(StoreDamaged, match="backup"):
        small_store(tmp_path)


def test_a_record_of_a_newer_version_is_named_as_unreadable(tmp_path: Path) -> None:
    store = small_store(tmp_path)
    plant(tmp_path / "records", key="job/1", value='{"id": "1", "colour": "red"}')
    with pytest.raises(StoreDamaged, match="this version"):
        store.records.find("1")


def test_a_network_drive_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(home, "file_system", lambda path: "nfs4")
    with pytest.raises(StoreError, match="network drive"):
        small_store(tmp_path)


def test_the_file_system_of_a_path_is_that_of_the_nearest_mount() -> None:
    assert home.file_system(Path("/proc/self")) == "proc"


def test_files_are_named_by_their_content_and_kept_once(tmp_path: Path) -> None:
    files = small_store(tmp_path).files
    digest = files.keep(b"hello")
    assert files.keep(b"hello") == digest
    assert files.load(digest) == b"hello"
    assert files.want(digest) == 5
    assert [path.name for path in (tmp_path / "files").glob("*/*")] == [digest]


def test_a_file_that_changed_or_is_gone_is_not_handed_out(tmp_path: Path) -> None:
    files = small_store(tmp_path).files
    digest = files.keep(b"hello")
    (tmp_path / "files" / digest[:2] / digest).write_bytes(b"hullo")
    with pytest.raises(StoreDamaged, match="was changed"):
        files.load(digest)
    files.remove(digest)
    with pytest.raises(StoreDamaged, match="missing"):
        files.load(digest)
    assert files.want(digest) is None


def test_a_file_that_the_disk_spoilt_is_mended_when_it_is_kept_again(tmp_path: Path) -> None:
    files = small_store(tmp_path).files
    digest = files.keep(b"hello")
    (tmp_path / "files" / digest[:2] / digest).write_bytes(b"hullo")
    assert files.keep(b"hello") == digest
    assert files.load(digest) == b"hello"


@pytest.mark.parametrize("digest", ["../../../etc/passwd", "", "A" * 64, "a" * 63, "a" * 64 + "\n"])
def test_only_digests_name_files(tmp_path: Path, digest: str) -> None:
    with pytest.raises(StoreDamaged):
        small_store(tmp_path).files.load(digest)


def test_one_process_owns_the_store_and_any_may_open_it(tmp_path: Path) -> None:
    owner, client = small_store(tmp_path), small_store(tmp_path)
    owner.ownership.take()
    assert client.ownership.is_taken
    assert not client.ownership.is_mine
    with pytest.raises(StoreOwned):
        client.ownership.take()
    client.records.add(Job(id="1", request="r", created=0), a_request())
    assert owner.records.find("1") is not None
    owner.close()
    client.ownership.take()


def test_ownership_ends_with_its_process_however_that_ends(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from journey.jobs.store import JobStore\n"
        "store = JobStore(Path(sys.argv[1])); store.ownership.take(); print('taken', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE) as owner:
        assert owner.stdout is not None
        assert owner.stdout.readline() == b"taken\n"
        store = small_store(tmp_path)
        with pytest.raises(StoreOwned):
            store.ownership.take()
        owner.kill()
        owner.wait()
        store.ownership.take()


def test_the_copy_in_memory_follows_other_processes(tmp_path: Path) -> None:
    owner, client = small_store(tmp_path), small_store(tmp_path)
    owner.records.mirror()
    client.records.add(Job(id="1", request="r", created=0), a_request())
    owner.records.add(Job(id="2", request="s", created=1), a_request())
    owner.records.mirror()
    assert [job.id for job in owner.records.jobs()] == ["2", "1"]
    with pytest.raises(JobNotFound):
        owner.records.remove("3")


@pytest.mark.parametrize("job_id", ["../../x", "", "\udcff", "ж", "a" * 10_000])
def test_any_text_may_stand_in_an_address_and_is_no_job(tmp_path: Path, job_id: str) -> None:
    assert small_store(tmp_path).records.find(job_id) is None


def test_a_private_home_can_share_the_checkpoints_of_another(tmp_path: Path) -> None:
    shared = small_store(tmp_path / "shared")
    shared.checkpoints.finish("fp", [1], name="n", now=0)
    private = JobStore(tmp_path / "private", checkpoints=tmp_path / "shared", reserve=0, ballast=0)
    found = private.checkpoints.find("fp", now=0)
    assert found is not None
    assert found.value == [1]
    assert not (tmp_path / "private/checkpoints").exists()


def test_a_checkpoint_that_was_begun_is_not_taken_for_finished(tmp_path: Path) -> None:
    checkpoints = small_store(tmp_path).checkpoints
    assert not checkpoints.begin("fp", name="n", now=0)
    assert checkpoints.find("fp", now=0) is None
    assert checkpoints.begin("fp", name="n", now=0)


def test_checkpoints_are_kept_by_the_time_of_their_last_use(tmp_path: Path) -> None:
    checkpoints = small_store(tmp_path).checkpoints
    for fingerprint in ("old", "used"):
        checkpoints.finish(fingerprint, None, name="n", now=0)
    checkpoints.find("used", now=90_000)
    assert checkpoints.purge(before=1000) == 1
    assert checkpoints.find("old", now=0) is None
    assert checkpoints.find("used", now=0) is not None


def test_a_checkpoint_that_was_finished_meanwhile_is_not_begun_again(tmp_path: Path) -> None:
    """Two jobs on one document: the slower looks, finds nothing, and begins when the faster has just ended."""
    checkpoints = small_store(tmp_path).checkpoints
    checkpoints.finish("fp", [1], name="n", now=0)
    assert not checkpoints.begin("fp", name="n", now=0)
    found = checkpoints.find("fp", now=0)
    assert found is not None
    assert found.value == [1]
