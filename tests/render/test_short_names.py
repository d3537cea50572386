"""Documents are named as a writer cites them."""

from kg.model.table import Cell, Table
from kg.render.short_names import Names, make_names


def make_table(columns: str, *rows: tuple[str, ...]) -> Table:
    names = tuple(columns.split())
    return Table(
        names,
        tuple(
            tuple(Cell(v, "uri" if c == "document" else "literal") for c, v in zip(names, row, strict=True))
            for row in rows
        ),
    )


def name(*documents: tuple[str, str, str], authors: tuple[tuple[str, str, str, str], ...] = ()) -> Names:
    metadata = make_table("document title year file", *((*document, f"{document[0]}.txt") for document in documents))
    return make_names(metadata, make_table("document position family name", *authors))


def test_one_two_and_more_authors() -> None:
    authors = (
        ("a", "1", "Wu", "Jie Wu"),
        ("b", "2", "Estevez", "Elsa Estevez"),
        ("b", "1", "Janssen", "Marijn Janssen"),
        *(("c", str(i), family, "") for i, family in enumerate(["Mergel", "Edelmann", "Haug"], start=1)),
    )
    names = name(("a", "A", "2022"), ("b", "B", "2013"), ("c", "C", "2019"), authors=authors)
    assert names.short == {"a": "Wu 2022", "b": "Janssen & Estevez 2013", "c": "Mergel et al. 2019"}
    assert names.cited == {"a", "b", "c"}


def test_organisation_is_named_whole_and_a_document_without_authors_by_its_title() -> None:
    names = name(
        ("a", "A", "2020"), ("b", "A very long title of a strategy for all", ""), authors=(("a", "1", "", "OECD"),)
    )
    assert names == Names(
        {"a": "OECD 2020", "b": "A very long title of a strategy…"},
        {"a": "A", "b": "A very long title of a strategy for all"},
        frozenset({"a"}),
    )


def test_works_of_one_author_and_year_get_letters() -> None:
    authors = (("x", "1", "Wu", ""), ("y", "1", "Wu", ""))
    assert name(("y", "A", "2022"), ("x", "B", "2022"), authors=authors).short == {"x": "Wu 2022a", "y": "Wu 2022b"}


def test_same_titles_get_numbers_and_a_document_without_any_its_file() -> None:
    assert name(("x", "Note", ""), ("y", "Note", ""), ("z", "", "")).short == {
        "x": "Note (1)",
        "y": "Note (2)",
        "z": "z.txt",
    }
