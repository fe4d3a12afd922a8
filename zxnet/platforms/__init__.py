"""Platforms as data: models, keyword variants, rulebooks. One folder each."""
