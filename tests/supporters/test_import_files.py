"""Files as spreadsheets and other systems write them are read; whatever else is uploaded gets a sentence."""

import contextlib
import csv
import io
import zipfile
from unittest import mock

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from supporters.imports import errors, tables, xlsx_files
from supporters.imports.errors import UnreadableFile
from supporters.imports.headings import recognise
from supporters.imports.tables import open_table
from tests.supporters.import_files import csv_bytes, xlsx_bytes

ROWS = [["Email", "Name"], ["ana@example.org", "Zoë Łukasz"], ["bo@example.org", "O’Neil, “Bo”\nJunior"]]
SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)


def read(data):
    with open_table(io.BytesIO(data)) as table:
        return table.headings, [cells for _, cells in table.rows]


def refusal(data):
    with pytest.raises(UnreadableFile) as caught:
        read(data)
    return str(caught.value)


def workbook(sheet, **parts):
    """An XLSX made by hand around ``sheet``."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "xl/workbook.xml",
            '<workbook xmlns:r="x"><sheets><sheet name="People" sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
        )
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        for name, text in parts.items():
            archive.writestr(f"xl/{name}.xml", text)
    return file.getvalue()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_csv_is_read_in_every_encoding_and_with_every_separator(encoding, separator):
    assert read(csv_bytes(ROWS, encoding=encoding, separator=separator)) == (ROWS[0], ROWS[1:])


def test_csv_of_old_windows_is_read():
    rows = [["Email", "Name"], ["ana@example.org", "Zoë O’Neil €"]]

    assert read(csv_bytes(rows, encoding="cp1252")) == (rows[0], rows[1:])


def test_line_that_tells_excel_the_separator_is_no_row():
    assert read(b"sep=;\r\nEmail;Name\r\na@example.org;A\r\n") == (["Email", "Name"], [["a@example.org", "A"]])


def test_comma_inside_quotes_is_no_separator():
    assert read(b'"Email, please, now";Name\r\na@example.org;A\r\n')[0] == ["Email, please, now", "Name"]


def test_blank_lines_are_passed_over_and_still_counted():
    with open_table(io.BytesIO(b"\r\n\r\nEmail\r\n\r\na@example.org\r\n,\r\nb@example.org\r\n")) as table:
        assert list(table.rows) == [(2, ["a@example.org"]), (4, ["b@example.org"])]


def test_xlsx_is_read():
    assert read(xlsx_bytes(ROWS)) == (ROWS[0], ROWS[1:])


def test_xlsx_with_gaps_numbers_and_texts_in_the_cell_is_read():
    sheet = SHEET.format(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Email</t></is></c><c r="C1" t="str"><v>Phone</v></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><r><t>a@</t></r><r><t>example.org</t></r><rPh><t>no</t></rPh></is></c>'
        '<c r="C2"><v>4.477009E+11</v></c></row>'
        '<row r="3"><c t="inlineStr"><is><t>b_x0040_example.org</t></is></c><c t="b"><v>1</v></c>'
        '<c t="e"><v>#N/A</v></c></row>'
    )

    assert read(workbook(sheet)) == (
        ["Email", "", "Phone"],
        [["a@example.org", "", "447700900000"], ["b@example.org", "1"]],
    )


def test_zip_of_ours_is_opened_to_its_people():
    for name, people in (("people.csv", csv_bytes(ROWS)), ("people.xlsx", xlsx_bytes(ROWS))):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("README.txt", "What each column means.")
            archive.writestr("actions.csv", "id\r\n")
            archive.writestr(name, people)
        assert read(file.getvalue()) == (ROWS[0], ROWS[1:])


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", errors.EMPTY),
        (b"\r\n\r\n", errors.EMPTY),
        (b"%PDF-1.7\n\x00\x01\x02\x03", errors.NOT_A_TABLE),
        (bytes(range(256)) * 10, errors.NOT_A_TABLE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", errors.OLD_EXCEL),
        (b"PK\x03\x04 cut short", errors.BROKEN),
        (xlsx_bytes(ROWS)[:-30], errors.BROKEN),
        (b"Email\r\n\x81\x8d@example.org\r\n", errors.UNKNOWN_ENCODING),
        (b"\xff\xfeE\x00\x00\xd8", errors.UNKNOWN_ENCODING),
        (b"ana@example.org,Ana\r\nbo@example.org,Bo\r\n", errors.NO_HEADINGS),
        (b"Ana,07700 900123\r\n", errors.NO_HEADINGS),
        (b"Email\r\n" + b"x" * 40_000 + b"\r\n", errors.CELL_TOO_LONG),
        (b"Email\r\n" + b"x" * 2_000_000, errors.CELL_TOO_LONG),
        (b'Email\r\n"' + b"x\r\n" * 100_000, errors.BROKEN),
        (",".join("abcdefgh"[i % 8] for i in range(201)).encode(), errors.TOO_MANY_COLUMNS),
        (workbook("<worksheet><sheetData><row>"), errors.BROKEN),
        (workbook('<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>'), errors.BROKEN),
        (workbook('<!DOCTYPE x SYSTEM "file:///etc/passwd"><worksheet/>'), errors.BROKEN),
        (workbook(SHEET.format('<row><c t="s"><v>7</v></c></row>')), errors.BROKEN),
    ],
)
def test_what_cannot_be_read_gets_a_sentence(data, sentence):
    assert refusal(data) == sentence


def test_zip_without_people_says_so():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("1-contacts.csv", "Email\r\n")

    assert refusal(file.getvalue()) == errors.NO_PEOPLE_FILE


def test_bomb_is_not_unpacked():
    bomb = workbook(SHEET.format("<row>" + " " * 20_000_000 + "</row>"))
    assert len(bomb) < 100_000

    with mock.patch.object(xlsx_files, "MAX_UNPACKED_BYTES", 1_000_000):
        assert refusal(bomb) == errors.UNPACKS_TOO_LARGE


@pytest.mark.parametrize("name", ["people.csv", "people.xlsx"])
def test_bomb_in_a_zip_like_ours_is_not_unpacked(name):
    """Neither as text of two bytes a letter, nor as a workbook inside, whose end is looked for by unpacking it all."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, "email\n".encode("utf-16-le") + b"\r\0\n\0" * 250_000)

    with mock.patch.object(tables, "MAX_UNPACKED_BYTES", 500_000):
        assert refusal(file.getvalue()) == errors.UNPACKS_TOO_LARGE


def test_blank_lines_without_end_are_not_read_to_their_end():
    assert refusal(b"\n" * 3_000 + b"email\nana@example.org\n") == errors.EMPTY
    with mock.patch.object(tables, "ROWS_OF_A_SHEET", 2_000):
        assert refusal(b"email\n" + b"\n" * 3_000) == errors.TOO_MANY_ROWS


@pytest.mark.parametrize(("bound", "most"), [("MAX_SHARED", 100), ("MAX_SHARED_BYTES", 1_000)])
def test_shared_texts_without_end_do_not_fill_the_memory(bound, most):
    shared = f"<sst>{'<si><t>many letters</t></si>' * 200}</sst>"
    with mock.patch.object(xlsx_files, bound, most):
        assert refusal(workbook(SHEET.format(""), sharedStrings=shared)) == errors.UNPACKS_TOO_LARGE


def test_bomb_in_a_shared_text_is_cut_off():
    shared = f"<sst><si><t>{'x' * 10_000_000}</t></si></sst>"

    assert refusal(workbook(SHEET.format(""), sharedStrings=shared)) == errors.CELL_TOO_LONG


def test_row_far_too_wide_holds_no_memory():
    headings, _ = read(
        workbook(SHEET.format('<row><c r="A1" t="str"><v>Email</v></c><c r="XFD1" t="str"><v>x</v></c></row>'))
    )

    assert headings == ["Email"]


def test_file_of_too_many_rows_says_so(monkeypatch):
    monkeypatch.setattr(tables, "MAX_ROWS", 2)

    assert refusal(csv_bytes([["Email"], ["a"], ["b"], ["c"]])) == errors.TOO_MANY_ROWS


@settings(max_examples=300, deadline=None)
@given(
    st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"PK\x05\x06", b"\xff\xfe", b"\xef\xbb\xbf", b"sep="])
)
@example(b"\xfe\xff", b"")
@example(b'"', b"sep=")
@example(b"\x01\t", b"sep=")
def test_no_bytes_are_a_traceback(data, beginning):
    with contextlib.suppress(UnreadableFile):
        read(beginning + data)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=60), st.integers(0, 10_000), st.booleans())
@example(b"\0\0\x08" + bytes(18) + b"\x1a", 245, False)  # a file's name that is no UTF-8
def test_no_damage_to_a_workbook_is_a_traceback(noise, at, inside):
    data = SHEET.format('<row><c t="str"><v>Email</v></c></row>')
    if inside:
        place = at % len(data)
        file = workbook(data[:place] + noise.decode("latin-1") + data[place:])
    else:
        whole = workbook(data)
        file = whole[: at % len(whole)] + noise + whole[at % len(whole) + len(noise) :]
    with contextlib.suppress(UnreadableFile):
        read(file)


def test_damage_to_a_zip_like_ours_is_no_traceback():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("people.csv", "email\n" + "".join(f"p{number}@example.org\n" for number in range(3_000)))
    whole = file.getvalue()

    assert refusal(whole[:60] + b"\xff" * 200 + whole[260:]) == errors.BROKEN


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(CELLS, CELLS), max_size=5))
def test_every_cell_arrives_as_it_was_written(rows):
    # A lone carriage return ends a line for the csv module's reader as for every spreadsheet's.
    rows = [
        [cell.replace("\r", "\n").translate(dict.fromkeys([*range(9), *range(14, 32)], "x")) for cell in row]
        for row in rows
    ]
    table = [["Email", "Name"], *rows]
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(table)

    wanted = [row for row in rows if any(cell.strip() for cell in row)]
    assert read(text.getvalue().encode())[1] == wanted


@pytest.mark.parametrize(
    ("headings", "parts"),
    [
        ("E-mail,Full name,Telephone", ["email", "name", "phone"]),
        (
            "External Identifier,First Name,Last Name,Email,Phone,Postal Code,Country,Preferred Language,"
            "Contact Source,No Bulk Emails (User Opt Out),Do Not Email,Do Not Phone",
            [
                *("first_name", "last_name", "email", "phone", "postcode", "country", "language", "source"),
                *("opted_out", "opted_out"),
            ],
        ),
        (
            "email,first name,last name,ZIP/postal code,country",
            ["email", "first_name", "last_name", "postcode", "country"],
        ),
        ("Email Address,First Name,Last Name,Tags", ["email", "first_name", "last_name"]),
        (
            "email,email_opt_in,first_name,last_name,mobile_number,mobile_opt_in",
            ["email", "updates", "first_name", "last_name", "phone"],
        ),
        ("email,name,attributes", ["email", "name", "attributes"]),
        ("firstname,lastname,email,doNotEmail", ["first_name", "last_name", "email", "opted_out"]),
    ],
)
def test_headings_of_other_systems_are_recognised(headings, parts):
    assert [column["part"] for column in recognise(headings.split(",")).values()] == parts
