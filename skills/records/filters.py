"""What the coordinators' list of people understands of its address."""

import django_filters as filters

from partners.models import StaffMember
from skills.records.quality import FIGURES
from skills.search.filters import no_such


class UpkeepFilter(filters.FilterSet):
    """Which of a partner's people the coordinator wants to look at."""

    name = filters.CharFilter(method="named", max_length=100)
    show = filters.ChoiceFilter(
        choices=[(name, label) for name, (_, label) in FIGURES.items()],
        method="of_figure",
        error_messages=no_such("figure"),
    )

    class Meta:
        model = StaffMember
        fields = []

    def named(self, people, name, words):
        return people.named(*words.split())

    def of_figure(self, people, name, value):
        return people.filter(**{FIGURES[value][0]: True})

    def not_understood(self) -> list[str]:
        """A sentence for each value in the address that means nothing here."""
        return [text for errors in self.form.errors.values() for text in errors]

    def said(self) -> dict[str, str]:
        """What is asked for, to be asked again."""
        return {key: self.data[key] for key in self.filters if self.data.get(key)}
