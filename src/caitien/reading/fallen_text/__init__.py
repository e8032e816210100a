"""Plain text as it falls out of a PDF: lines in, paragraphs and tables out, by aligning lines with columns."""
