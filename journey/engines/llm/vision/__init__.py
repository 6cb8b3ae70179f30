"""Read pictures with a model: it cites what is written by the numbers of blocks, code holds it to the pixels."""
