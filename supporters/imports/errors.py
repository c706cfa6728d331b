"""What can be wrong with a file as a whole."""

from typing import Final

MAX_BYTES: Final = 100 * 1024 * 1024
"""Of the file as it is uploaded."""
MAX_UNPACKED_BYTES: Final = 400 * 1024 * 1024
"""Of any one part of it, unpacked: a file of 100 kB can unpack to gigabytes."""
MAX_ROWS: Final = 500_000
MAX_COLUMNS: Final = 200
MAX_CELL: Final = 32_767
"""Characters; a spreadsheet holds no more in one cell."""
MAX_LINE: Final = 1024 * 1024
"""Characters of one line of CSV."""


class UnreadableFile(Exception):
    """The file cannot be taken as it is. Says why and what to do, in whole sentences without anything from the file."""


TOO_LARGE: Final = f"This file is larger than {MAX_BYTES // 1024 // 1024} MB. Split it and bring in the parts."
TOO_MANY_ROWS: Final = f"This file has more than {MAX_ROWS:,} rows. Split it and bring in the parts."
TOO_MANY_COLUMNS: Final = f"This file has more than {MAX_COLUMNS} columns. Leave out those you do not need."
UNPACKS_TOO_LARGE: Final = "This file unpacks to more than we can take. Split it, or save it as CSV."
CELL_TOO_LONG: Final = (
    f"A cell of this file holds more than {MAX_CELL:,} characters. Shorten it, or leave the column out."
)
NOT_A_TABLE: Final = "This file is neither CSV nor XLSX. Save the list as CSV or XLSX and try again."
OLD_EXCEL: Final = "This is a file of an old Excel (.xls) or one with a password. Save it as XLSX or CSV and try again."
BROKEN: Final = "This file is damaged or cut short. Save it anew and try again."
EMPTY: Final = "This file is empty."
NO_ROWS: Final = "This file has headings but no rows below them."
NO_HEADINGS: Final = (
    "The first row of this file does not hold headings. Add a row with a name for each column, such as “Email”."
)
UNKNOWN_ENCODING: Final = (
    "We cannot tell which characters this file is written in. Save it as CSV in UTF-8 and try again."
)
NO_PEOPLE_FILE: Final = "This ZIP holds no people.csv. Unpack it, and bring in the file with the people."
