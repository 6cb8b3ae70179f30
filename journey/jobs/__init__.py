"""Background jobs that survive a crash: records, checkpoints and files on disk, worker threads above them."""
