"""Run in an environment of its own, which has langextract: extract from a text through a server, print what came.

Usage: langextract_run.py URL TEXT_FILE CALLS_AT_ONCE CHARACTERS_A_CHUNK. Prints one line of JSON.
"""

from __future__ import annotations

import importlib
import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

TASK = "Extract what the customer did, in order, with the exact words. Do not paraphrase."
EXAMPLE = "I lit the lamp of the lighthouse. The moth complained to me."


def main(url: str, path: str, at_once: int, characters: int) -> None:
    """Extract with the package's own defaults but for the two numbers."""
    lx: Any = importlib.import_module("langextract")
    openai: Any = importlib.import_module("langextract.providers.openai")
    step = lx.data.Extraction(extraction_class="step", extraction_text="I lit the lamp", attributes={"text": "Lights"})
    model = openai.OpenAILanguageModel("small", api_key="none", base_url=url, max_workers=at_once)
    began = time.perf_counter()
    found = lx.extract(
        Path(path).read_text(encoding="utf-8"),
        prompt_description=TASK,
        examples=[lx.data.ExampleData(text=EXAMPLE, extractions=[step])],
        model=model,
        max_workers=at_once,
        batch_length=at_once,
        max_char_buffer=characters,
        show_progress=False,
    )
    print(
        json.dumps(
            {
                "seconds": time.perf_counter() - began,
                "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
                "placed": [one.extraction_text for one in found.extractions if one.char_interval is not None],
                "unplaced": sum(one.char_interval is None for one in found.extractions),
            }
        )
    )


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
