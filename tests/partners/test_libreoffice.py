"""Our workbooks, opened and saved by a real LibreOffice."""

import shutil
import subprocess

import pytest

from partners.spreadsheets.writing import lines
from tests.partners.workbooks import HEADER, ours, rows_of

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = pytest.mark.skipif(not OFFICE, reason="no LibreOffice on this machine")

TABLE = [
    ("=1+1", "+44 1632 960001", "-5"),
    ("007", "01632960001", "1E5"),
    ("'=x", "''tis", "@SUM(A1)"),
    ("Zoë\nAda", "a\tb", "＝1"),
    ("2026-11-22", "22/11/2026", "TRUE"),
    ("#N/A", "0.60", "say “hi”"),
]


def saved_by_libreoffice(folder, data, name="ours.xlsx"):
    folder.joinpath(name).write_bytes(data)
    asked = [OFFICE, "--headless", f"-env:UserInstallation=file://{folder}/profile"]
    asked += ["--convert-to", "xlsx", "--outdir", folder / "out", folder / name]
    subprocess.run(asked, check=True, capture_output=True, timeout=120)  # noqa: S603
    return folder.joinpath("out", "ours.xlsx").read_bytes()


def test_a_workbook_saved_by_libreoffice_comes_back_as_it_went(tmp_path):
    assert rows_of(saved_by_libreoffice(tmp_path, ours(TABLE))) == TABLE


def test_a_guarded_csv_opened_in_libreoffice_is_no_formula(tmp_path):
    table = [row[:2] + ("x",) for row in TABLE if not row[0].isdigit()][:1]
    text = "".join(lines(HEADER, table)).encode()
    back = rows_of(saved_by_libreoffice(tmp_path, text, "ours.csv"))
    assert back == table
