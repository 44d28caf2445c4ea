"""Partners, logins with their roles, and days off, in the administration."""

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin import SimpleListFilter
from django.core.exceptions import ValidationError
from django.urls import reverse

from partners.admin.site import RecordsAdmin, RowsInline
from partners.forms.plain_english import PlainEnglishForm
from partners.forms.versions import VersionedForm
from partners.models import (
    Appointment,
    BankHoliday,
    Disclosure,
    IdentityProvider,
    Partner,
    Site,
    User,
)
from partners.single_sign_on import connections
from partners.single_sign_on.forms import ProviderForm


class Choice(SimpleListFilter):
    """A filter that shows nothing, and says so, when asked for what it lacks."""

    def __init__(self, request, params, model, model_admin):
        super().__init__(request, params, model, model_admin)
        offered = {str(value) for value, _ in self.lookup_choices}
        self.is_understood = self.value() is None or self.value() in offered

    def has_output(self):
        return super().has_output() or not self.is_understood

    def queryset(self, request, queryset):
        if self.is_understood:
            return self.chosen(request, queryset)
        sentence = f"There is no {self.title} “{self.value()[:40]}”: nothing is shown"
        if sentence not in request.__dict__.setdefault("_not_understood", []):
            request._not_understood.append(sentence)
            messages.warning(request, sentence)
        return queryset.none()


class PartnerFilter(Choice):
    """One of the partners this login keeps records of."""

    title = "partner"
    parameter_name = "partner"

    def lookups(self, request, model_admin):
        partners = Partner.objects.editable_by(request.user)
        return list(partners.values_list("slug", "short_name"))

    def chosen(self, request, queryset):
        if self.value():
            return queryset.filter(partner__slug=self.value())
        return queryset


class PartnerForm(VersionedForm):
    """What a partner is, and how its service desk is reached."""

    called = {
        "slug": "the name in addresses",
        "desk_opens_at": "the time the desk opens",
        "desk_closes_at": "the time the desk closes",
        "joined_on": "the day it joined",
        "left_on": "the day it left",
    }


class SiteInline(RowsInline):
    """The buildings of a partner."""

    model = Site


@admin.register(Partner)
class PartnerAdmin(RecordsAdmin):
    """A partner's own coordinator keeps its contact details, not what it is."""

    form = PartnerForm
    inlines = [SiteInline]
    list_display = [
        "name",
        "kind",
        "service_desk_telephone",
        "out_of_hours_telephone",
        "joined_on",
        "left_on",
    ]
    list_filter = ["kind"]
    search_fields = ["name", "short_name"]
    prepopulated_fields = {"slug": ["short_name"]}
    ordering = ["name"]

    def has_add_permission(self, request, obj=None):
        return request.user.standing.is_partnership_coordinator

    def get_readonly_fields(self, request, obj=None):
        if request.user.standing.is_partnership_coordinator:
            return []
        return ["name", "short_name", "slug", "kind", "joined_on", "left_on"]

    def get_prepopulated_fields(self, request, obj=None):
        if request.user.standing.is_partnership_coordinator:
            return self.prepopulated_fields
        return {}


class BankHolidayForm(VersionedForm):
    """A day off, of all England or of one partner."""

    called = {"on": "the day", "name": "the name of the day"}


@admin.register(BankHoliday)
class BankHolidayAdmin(RecordsAdmin):
    """Coordinators add local days; the days of all England belong to everybody."""

    form = BankHolidayForm
    list_display = ["on", "name", "kind", "partner"]
    list_filter = [PartnerFilter, "kind"]
    list_select_related = ["partner"]
    date_hierarchy = "on"
    search_fields = ["name"]
    ordering = ["-on"]

    def has_delete_permission(self, request, obj=None):
        return self.may_keep(request)

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        if not request.user.standing.is_partnership_coordinator:
            kwargs["choices"] = [(BankHoliday.Kind.LOCAL, BankHoliday.Kind.LOCAL.label)]
            kwargs["initial"] = BankHoliday.Kind.LOCAL
        return super().formfield_for_choice_field(db_field, request, **kwargs)


class AppointmentForm(VersionedForm):
    """A role, from one day until another."""

    called = {
        "since": "the first day of the role",
        "until": "the first day without the role",
    }


class AppointmentInline(RowsInline):
    """The roles of a login."""

    model = Appointment
    form = AppointmentForm
    is_for_partnership_only = True


class LoginForm(PlainEnglishForm, forms.ModelForm):
    """A login's e-mail, and whether it may enter."""

    refusal = ""
    reader = None

    def clean(self):
        if self.refusal:
            self.add_error(None, self.refusal)
        return super().clean()

    def clean_is_active(self):
        """Who is at work here keeps the way in: so somebody always does."""
        is_active = self.cleaned_data["is_active"]
        if self.reader and self.instance.pk == self.reader.pk and not is_active:
            raise ValidationError("Nobody closes their own login: ask a colleague to")
        return is_active


@admin.register(User)
class LoginAdmin(RecordsAdmin):
    """Logins and their roles; passwords are chosen by their owners."""

    is_for_partnership_only = True
    form = LoginForm
    inlines = [AppointmentInline]
    fields = ["email", "is_active"]
    list_display = ["email", "person", "is_active", "last_login", "date_joined"]
    list_filter = ["is_active", "appointments__role"]
    list_select_related = ["person"]
    search_fields = ["email", "person__name_key"]
    ordering = ["email"]

    def get_queryset(self, request):
        # A login whose person has no name here any more is nobody's to open again.
        return super().get_queryset(request).filter(person__anonymised_on=None)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)


@admin.register(Disclosure)
class DisclosureAdmin(RecordsAdmin):
    """Who opened contact details or took a list away: read, never changed."""

    is_for_partnership_only = True
    may_be_added = False
    form = forms.ModelForm
    list_display = ["at", "by", "kind", "what", "number_of_people"]
    list_filter = ["kind"]
    list_select_related = ["by"]
    date_hierarchy = "at"
    ordering = ["-at"]

    @admin.display(description="people")
    def number_of_people(self, disclosure):
        return len(disclosure.staff_ids)

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


HOW_TO_SET_UP = (
    "With this, people of one partner sign in with their organisation’s account. "
    "First save the partner and a name: then the redirect address to send to the "
    "partner’s ICT team stands here. They register this site and tell you the address "
    "of the provider, the client ID and, by telephone or in a file with a password, "
    "the client secret. Enter these, tick the box and save: the address is checked. "
    "Another address or client ID ends the connections there are."
)


@admin.register(IdentityProvider)
class IdentityProviderAdmin(RecordsAdmin):
    """Where a partner's people have their accounts, and what we are called there."""

    is_for_partnership_only = True
    form = ProviderForm
    readonly_fields = ["redirect_address"]
    list_display = ["partner", "name", "issuer", "is_active"]
    list_filter = ["is_active"]
    list_select_related = ["partner"]
    search_fields = ["partner__name", "name"]
    ordering = ["partner__name"]

    def get_fieldsets(self, request, obj=None):
        fields = ["partner", "name", "redirect_address", "issuer", "client_id"]
        fields += ["new_secret", "is_active"]
        return [(None, {"fields": fields, "description": HOW_TO_SET_UP})]

    def get_readonly_fields(self, request, obj=None):
        return [*self.readonly_fields, *(["partner"] if obj else [])]

    @admin.display(description="redirect address")
    def redirect_address(self, provider):
        """What the partner enters at its end, so that the way back leads here."""
        if not provider.pk:
            return "Shown once this is saved"
        path = reverse("openid_connect_callback", args=[provider.key])
        return settings.SITE_ADDRESS + path

    def save_model(self, request, obj, form, change):
        """Other names for people begin with another address or client."""
        super().save_model(request, obj, form, change)
        if change and {"issuer", "client_id"} & {*form.changed_data}:
            self._tell_of_ended(request, connections.end_of(obj))
        elif change and not obj.is_active:
            connections.sign_out(obj)

    def delete_model(self, request, obj):
        self._tell_of_ended(request, connections.end_of(obj))
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        for provider in queryset:
            self.delete_model(request, provider)

    def _tell_of_ended(self, request, number):
        if number:
            sentence = f"{number} connected accounts ended: invite these people again"
            self.message_user(request, sentence, messages.WARNING)
