"""Reading whole numbers from addresses and forms."""

# The longest number of which every value fits into a bigint column.
MOST_DIGITS = 18


def whole_number(text: str) -> int | None:
    """The number a text of plain digits stands for; None for any other text."""
    is_number = text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
    return int(text) if is_number else None
