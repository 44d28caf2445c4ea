"""The administration's own door, and what every record in it has in common."""

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ERROR_FLAG
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from partners import refusals
from partners.forms.versions import EditedRows, VersionedForm
from partners.history import pages
from partners.whole_numbers import whole_number

# “View on site” would lead from any id to a name, past every gate; passwords have
# their own pages.
CLOSED = {"view_on_site", "password_change", "password_change_done"}
MOST_WORDS = 12
# The forms a list may be taken away in, and how the addresses' names end.
ENDINGS = {"csv": "", "xlsx": "_workbook"}


class PartnershipAdminSite(admin.AdminSite):
    """The administration, open to coordinators only."""

    site_header = "Shared ICT support: records"
    site_title = "Records"
    index_title = "Records you keep"
    site_url = "/"
    enable_nav_sidebar = False

    def has_permission(self, request):
        return request.user.is_authenticated and request.user.is_staff

    def login(self, request, extra_context=None):
        """Nobody signs in here: strangers are shown the one sign-in page."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied
        target = request.GET.get("next", reverse("admin:index"))
        return redirect_to_login(target, reverse("account_login"))

    def logout(self, request, extra_context=None):
        return redirect("account_logout")

    def register(self, model_or_iterable, admin_class=None, **options):
        """Only records behind our own gates: other packages' tables stay shut."""
        if admin_class is not None and issubclass(admin_class, RecordsAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def get_urls(self):
        return [u for u in super().get_urls() if getattr(u, "name", "") not in CLOSED]


def gated(model, user):
    """The rows of a table this login may change, or choose from in a form."""
    rows = model._default_manager.all()
    if hasattr(rows, "editable_by"):
        return rows.editable_by(user)
    if hasattr(rows, "current"):
        return rows.current()
    return rows if user.standing.is_partnership_coordinator else rows.none()


class Gate:
    """Who may do what in the administration: by standing, never by Django's own."""

    is_for_partnership_only = False
    may_be_added = True

    def may_keep(self, request):
        standing = request.user.standing
        if self.is_for_partnership_only:
            return standing.is_partnership_coordinator
        return standing.may_administer

    def has_module_permission(self, request):
        return self.may_keep(request)

    def has_view_permission(self, request, obj=None):
        return self.may_keep(request)

    def has_add_permission(self, request, obj=None):
        return self.may_be_added and self.may_keep(request)

    def has_change_permission(self, request, obj=None):
        return self.may_keep(request)

    def has_delete_permission(self, request, obj=None):
        return self.may_keep(request)

    def get_field_queryset(self, db, db_field, request):
        return gated(db_field.remote_field.model, request.user)


class RowsInline(Gate, admin.TabularInline):
    """Rows that belong to the record above them."""

    form = VersionedForm
    formset = EditedRows
    extra = 0

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.use_required_attribute = False
        formset.form.reader = request.user
        return formset


class RecordsAdmin(Gate, admin.ModelAdmin):
    """Records kept by coordinators, each within the gate of its own table."""

    form = VersionedForm
    view_on_site = False
    save_on_top = True
    list_per_page = 50
    show_full_result_count = False
    object_history_template = "admin/record_history.html"

    def get_queryset(self, request):
        rows = gated(self.model, request.user)
        return rows.order_by(*(self.get_ordering(request) or self.opts.ordering))

    def has_delete_permission(self, request, obj=None):
        return request.user.standing.is_partnership_coordinator

    def lookup_allowed(self, lookup, value, request):
        """Only what a filter on the page asks: a look-up can spell out a secret."""
        asked = {f"{self.date_hierarchy}__{part}" for part in ("year", "month", "day")}
        for choice in self.get_list_filter(request):
            if isinstance(choice, str):
                asked |= {f"{choice}__{how}" for how in self.ways_to_ask}
            else:
                asked.add(choice.parameter_name)
        return lookup in asked and "\0" not in value

    ways_to_ask = ("exact", "isnull", "id__exact")

    def get_search_results(self, request, queryset, search_term):
        """A dozen words at most; beside a form, only what may be chosen there."""
        words = search_term.replace("\0", "").split()
        if request.resolver_match.url_name == "autocomplete":
            queryset = self.offered(queryset)
        elif len(words) > MOST_WORDS:
            sentence = f"Only the first {MOST_WORDS} words are looked for"
            self.message_user(request, sentence, messages.WARNING)
        return self.search(request, queryset, words[:MOST_WORDS])

    def offered(self, rows):
        """The rows among which a form elsewhere may choose."""
        return rows

    def search(self, request, rows, words):
        return super().get_search_results(request, rows, " ".join(words))

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.refusal = getattr(request, "refusal", "")
        form.reader = request.user
        return form

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """A refusal by the table comes back as a sentence over what was typed."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError as error:
            request.refusal = refusals.sentence(error)
            if not request.refusal:
                raise
            return super().changeform_view(request, object_id, form_url, extra_context)

    def delete_view(self, request, object_id, extra_context=None):
        return self._or_refuse(request, super().delete_view, object_id, extra_context)

    def changelist_view(self, request, extra_context=None):
        if ERROR_FLAG in request.GET:
            sentence = "This list knows no such filter, so it shows everything"
            self.message_user(request, sentence, messages.WARNING)
        return self._or_refuse(request, super().changelist_view, extra_context)

    def response_action(self, request, queryset):
        ticked = request.POST.getlist(ACTION_CHECKBOX_NAME)
        if all(whole_number(pk) is not None for pk in ticked):
            with transaction.atomic():
                return super().response_action(request, queryset)
        self.message_user(request, "Tick rows of this list", messages.ERROR)

    def _or_refuse(self, request, view, *args):
        try:
            return view(request, *args)
        except (IntegrityError, ProtectedError) as error:
            sentence = refusals.sentence(error)
            if not sentence:
                raise
            self.message_user(request, sentence, messages.ERROR)
            return redirect(request.get_full_path())

    def save_model(self, request, obj, form, change):
        """The gate once more, for what a form was made to say."""
        super().save_model(request, obj, form, change)
        rows = self.model._default_manager.filter(pk=obj.pk)
        if hasattr(rows, "editable_by") and not rows.editable_by(request.user):
            raise PermissionDenied

    def record_or_404(self, request, object_id):
        record = self.get_object(request, unquote(object_id))
        if record is None:
            raise Http404
        return record

    def history_view(self, request, object_id, extra_context=None):
        if not hasattr(self.model, "events"):
            raise Http404
        record = self.record_or_404(request, object_id)
        own = pages.one_record(record.pk)
        source = pages.HistorySource(self.model, "pgh_obj_id", own)
        page, problems = pages.requested_page(request, [source])
        context = {
            **self.admin_site.each_context(request),
            "title": f"History of {record}",
            "page": page,
            "problems": problems,
            "opts": self.opts,
            "object": record,
        }
        return TemplateResponse(request, self.object_history_template, context)

    # The triggers keep the history, of every path: the administration's own log
    # would be a second, poorer one.
    def log_addition(self, request, obj, message):
        return None

    def log_change(self, request, obj, message):
        return None

    def log_deletions(self, request, queryset):
        return None


class ExportingAdmin(RecordsAdmin):
    """Records whose list may be taken away as it is filtered."""

    change_list_template = "admin/records_list.html"
    # The files there are, each by name, and what the link calls what is in it.
    files = {}

    def get_urls(self):
        own = [self._path(file, end) for file in self.files for end in ENDINGS]
        return [*own, *super().get_urls()]

    def _path(self, file, ending):
        name = f"{self.opts.app_label}_{self.opts.model_name}_{file}"
        view = self.admin_site.admin_view(self.export_view)
        which = {"file": file, "ending": ending}
        return path(f"{file}.{ending}", view, which, name=name + ENDINGS[ending])

    def export_view(self, request, file, ending):
        if not self.has_view_permission(request):
            raise PermissionDenied
        # Which page is shown and how a spreadsheet likes it are no filters.
        request.GET = request.GET.copy()
        is_for_excel = request.GET.pop("excel", [""])[-1] == "1"
        request.GET.pop("p", None)
        form = "excel" if is_for_excel and ending == "csv" else ending
        try:
            shown = self.get_changelist_instance(request)
        except IncorrectLookupParameters:
            return redirect(f"{request.path.removesuffix(f'{file}.{ending}')}?e=1")
        return self.export(request, shown.get_queryset(request), file, form)
