"""Commands of `caitien manage` about evidence."""
