"""What zxnet says, by code and language: en.yaml and zh.yaml (findings), cli.*.yaml (the command line)."""
