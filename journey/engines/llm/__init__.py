"""The engine that asks a model on any OpenAI-compatible server; the only package that knows `openai`."""
