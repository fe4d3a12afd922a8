"""The rules of `zxnet check`, by subject: pure functions from an Inventory to Problems."""
