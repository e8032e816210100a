"""The makers of the sample documents: what the plans say (`content_*`), how they look (`docx_*`, `xlsx_*`, `pdf_*`)."""
