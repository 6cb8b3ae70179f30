"""The engine that needs no key and no network: sentences, embeddings, sentiment and rules, all on this machine."""
