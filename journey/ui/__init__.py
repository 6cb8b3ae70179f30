"""What the pages share: the map, the evidence panel, the progress panel."""
