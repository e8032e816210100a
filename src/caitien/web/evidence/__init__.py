"""Minh chứng: what a school can prove, its files, codes, life, and where it is used."""
