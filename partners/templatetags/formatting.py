"""Telephone numbers and times, for templates."""

from django import template

from partners.formatting import dial, moment
from partners.working_pattern import clock

register = template.Library()
register.filter("clock", clock)
register.filter("dial", dial)
register.filter("moment", moment)
