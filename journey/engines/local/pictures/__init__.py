"""Pictures become journeys: maps and tables, sticky walls, flow diagrams; by what stands where, without a model."""
