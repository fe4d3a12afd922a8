"""The committed reference pages are what the code says today (`make docs`)."""

import importlib.util
import json

import pytest
import yaml
from jsonschema import Draft202012Validator
from support import ROOT

spec = importlib.util.spec_from_file_location("docs_tool", ROOT / "tools/docs.py")
docs_tool = importlib.util.module_from_spec(spec)
spec.loader.exec_module(docs_tool)

PAGES = docs_tool.pages()


@pytest.mark.parametrize("name", sorted(PAGES))
def test_page_is_current(name):
    assert (ROOT / "docs" / name).read_text("utf-8") == PAGES[name], "run `make docs`"


@pytest.mark.parametrize("name", ["county", "facilities", "townships", "departments", "tiers"])
def test_the_sample_is_valid_by_the_published_schema(name):
    schema = json.loads((ROOT / f"docs/schema/{name}.json").read_text())
    file = ROOT / ("tiers.yaml" if name == "tiers" else f"inventory/{name}.yaml")
    assert f"$schema={'' if name == 'tiers' else '../'}docs/schema/{name}.json" in file.read_text("utf-8")
    Draft202012Validator.check_schema(schema)
    value = yaml.load(file.read_text("utf-8"), Loader=StringDates)
    Draft202012Validator(schema).validate(value)


class StringDates(yaml.SafeLoader):
    """Dates stay text, as editors and zxnet see them."""


StringDates.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
