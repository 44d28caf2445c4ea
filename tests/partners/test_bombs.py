"""Workbooks made to harm whoever opens them."""

import io
import struct
import tracemalloc
import zipfile

import pytest

from tests.partners.workbooks import HEADER, SHEET, changed, refusal, saved

LARGE = "far larger inside"
DAMAGED = "damaged, or no Excel workbook"
OTHER_FILES = "refers to other files"
XML = '<?xml version="1.0"?>'
TO_FILE = XML + '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
LAUGHS = XML + '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY e "&a;&a;&a;&a;&a;">]>'


def with_part(name, content, packing=zipfile.ZIP_DEFLATED):
    file = io.BytesIO(saved(HEADER, ["x"]))
    with zipfile.ZipFile(file, "a", packing) as archive:
        archive.writestr(name, content)
    return file.getvalue()


def in_rows(xml):
    """A sheet with this in place of what it held."""
    data = saved(HEADER, ["x"])
    return changed(data, sheet=lambda text: text.replace("</sheetData>", xml, 1))


def lying(data, name, size):
    """The directory says that a part is of this size, whatever it unpacks to."""
    data = bytearray(data)
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        at = archive.getinfo(name).header_offset
        begins = archive.start_dir
    entry = data.index(name.encode(), begins) - 46
    struct.pack_into("<L", data, entry + 24, size)
    struct.pack_into("<L", data, at + 22, size)
    return bytes(data)


def test_a_workbook_that_unpacks_to_far_more_is_refused_by_its_directory():
    data = with_part("xl/more.xml", b"<x>" + b" " * 60_000_000 + b"</x>")
    assert len(data) < 100_000
    assert LARGE in str(refusal(data))


def test_many_parts_of_middling_size_are_refused_together():
    file = io.BytesIO(saved(HEADER, ["x"]))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        for number in range(12):
            archive.writestr(f"xl/{number}.bin", bytes(5_000_000))
    assert LARGE in str(refusal(file.getvalue()))


@pytest.mark.parametrize("size", [10, 1_000, 40_000_000])
def test_a_directory_that_lies_about_a_size_gains_nothing(size):
    big = with_part("xl/more.xml", b"<x>" + b" " * 45_000_000 + b"</x>")
    tracemalloc.start()
    assert DAMAGED in str(refusal(lying(big, "xl/more.xml", size)))
    assert tracemalloc.get_traced_memory()[1] < 120_000_000
    tracemalloc.stop()


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_packings_no_spreadsheet_uses_are_refused(packing):
    assert DAMAGED in str(refusal(with_part("xl/more.xml", "<x/>", packing)))


@pytest.mark.parametrize("begins", [TO_FILE, LAUGHS, "<!-- -->"])
@pytest.mark.parametrize("part", ["sheet", "styles", "book", "types"])
def test_no_part_may_declare_entities(begins, part):
    data = changed(
        saved(HEADER, ["x"]),
        **{part: lambda text: begins + text.replace("<v>0<", "<v>&e;<")},
    )
    assert OTHER_FILES in str(refusal(data))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "cp037", "utf-7"])
def test_no_part_hides_in_another_encoding(encoding):
    text = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x><x/>'
    assert OTHER_FILES in str(refusal(with_part("xl/x.xml", text.encode(encoding))))


@pytest.mark.parametrize(
    "xml",
    [
        "<row>" + "<c/>" * 100_001 + "</row></sheetData>",
        "<row/>" * 100_001 + "</sheetData>",
        "</sheetData>" + "<mergeCell/>" * 100_001,
        "<a>" * 100_001 + "</a>" * 100_001 + "</sheetData>",
        f"<row>{'<c/>' * 90_000}</row>" * 25 + "</sheetData>",
    ],
)
def test_a_sheet_of_millions_of_tags_is_refused_before_it_is_parsed(xml):
    assert LARGE in str(refusal(in_rows(xml)))


def test_blank_rows_by_the_hundred_thousand_are_refused():
    xml = "<row><c/></row>" * 100_001 + "</sheetData>"
    assert "blank ones among them" in str(refusal(in_rows(xml)))


def test_rows_out_of_order_are_not_left_out_in_silence():
    xml = '<row r="7"/><row r="6"><c t="str"><v>y</v></c></row></sheetData>'
    assert DAMAGED in str(refusal(in_rows(xml)))


def test_styles_by_the_hundred_thousand_are_refused():
    data = changed(
        saved(HEADER, ["x"]),
        styles=lambda text: text.replace("</cellXfs>", "<xf/>" * 100_001),
    )
    assert LARGE in str(refusal(data))


@pytest.mark.parametrize("number", [2**31, 10**18, -5, "x"])
def test_a_row_that_says_an_absurd_number_is_not_waited_for(number):
    xml = f'<row r="{number}"><c t="str"><v>y</v></c></row></sheetData>'
    data = in_rows(xml)
    assert DAMAGED in str(refusal(data))


@pytest.mark.parametrize("place", ["ZZZZZZ9", "1", "A", "A" * 9000, "A" + "9" * 9000])
def test_a_cell_at_an_absurd_place_is_refused(place):
    xml = f'<row r="9"><c r="{place}" t="str"><v>y</v></c></row></sheetData>'
    assert str(refusal(in_rows(xml)))


@pytest.mark.parametrize("number", ["1e999", "nan", "9" * 5000, "0x10", "--1"])
def test_an_absurd_number_is_refused_or_said(number):
    xml = f'<row r="9"><c r="A9"><v>{number}</v></c></row></sheetData>'
    assert str(refusal(in_rows(xml)))


def test_too_many_sheets_are_refused():
    file = io.BytesIO(saved(HEADER, ["x"]))
    with zipfile.ZipFile(file, "a") as archive:
        for number in range(2, 53):
            archive.writestr(SHEET.replace("1", str(number)), "<x/>")
    assert "more than 50 sheets" in str(refusal(file.getvalue()))


def test_too_many_parts_are_refused():
    file = io.BytesIO(saved(HEADER, ["x"]))
    with zipfile.ZipFile(file, "a") as archive:
        for number in range(1_001):
            archive.writestr(f"{number}", "")
    assert LARGE in str(refusal(file.getvalue()))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name_are_refused():
    assert DAMAGED in str(refusal(with_part(SHEET, "<x/>")))


def test_a_locked_part_is_refused():
    data = bytearray(saved(HEADER, ["x"]))
    place = data.index(b"PK\x01\x02")
    data[place + 8] |= 1
    assert "password" in str(refusal(bytes(data)))


def test_a_zip_of_other_things_is_no_workbook():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("readme.txt", "hello")
    assert DAMAGED in str(refusal(file.getvalue()))
