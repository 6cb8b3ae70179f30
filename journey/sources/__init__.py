"""A name and bytes become a Source: captions, documents, turns; later pictures, OCR and layout."""
