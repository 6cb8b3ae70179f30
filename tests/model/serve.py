"""Run llama.cpp's server with the small model, in a process of its own: serve.py MODEL_FILE KEY. Prints its address."""

from __future__ import annotations

import signal
import sys

import xllamacpp


def main(model: str, key: str) -> None:
    """Serve until killed, on a free port of the loopback address."""
    wanted = xllamacpp.CommonParams()
    wanted.model.path = model
    wanted.model_alias = {"smol"}
    wanted.n_ctx = 4096
    wanted.n_parallel = 1
    wanted.cpuparams.n_threads = 1  # more wait for each other by spinning: ten times slower on a busy machine
    wanted.cpuparams_batch.n_threads = 1
    wanted.hostnames = ["127.0.0.1"]
    wanted.port = 0
    wanted.warmup = False
    wanted.api_keys = [key]
    server = xllamacpp.Server(wanted)
    print(server.listening_address, flush=True)  # noqa: T201
    signal.pause()


if __name__ == "__main__":
    main(*sys.argv[1:])
