"""The generated documents say what the code says."""

import pytest

from cli import docs


@pytest.mark.parametrize("name", docs.PAGES)
def test_a_generated_document_is_what_the_code_says_now(name: str) -> None:
    assert (docs.FOLDER / name).read_text(encoding="utf-8") == docs.PAGES[name](), "run `python -m cli.docs`"
