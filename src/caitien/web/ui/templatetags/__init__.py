"""Template tags and filters that every page may use without loading them (settings make them builtins)."""
