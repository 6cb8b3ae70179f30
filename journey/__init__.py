"""Interview transcripts and pictures become customer journey maps in which every cell quotes its source."""

__version__ = "0.1.0"
