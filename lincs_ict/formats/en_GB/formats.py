"""Dates as 22 November 2026, times as 5:30pm."""

DATE_FORMAT = "j F Y"
SHORT_DATE_FORMAT = "j M Y"
TIME_FORMAT = "g:ia"
DATETIME_FORMAT = "j F Y \\a\\t g:ia"
SHORT_DATETIME_FORMAT = "j M Y, g:ia"
DATE_INPUT_FORMATS = ["%d/%m/%Y", "%d %m %Y", "%d %B %Y", "%d %b %Y", "%Y-%m-%d"]
TIME_INPUT_FORMATS = ["%H:%M", "%H:%M:%S", "%I:%M%p", "%I%p"]
