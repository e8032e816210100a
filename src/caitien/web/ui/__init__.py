"""The parts pages are made of: template tags, filters, the switch between light and dark. It has no models."""
