import datetime
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import django.utils.timezone
import pgtrigger.compiler
import rota.models.demand
import rota.models.rota
import uuid
from django.conf import settings
from django.db import migrations, models


# Triggers that many tables have.
VERSION = """
    IF NEW.version <> OLD.version THEN
        RAISE EXCEPTION 'a newer version of this record was saved meanwhile'
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = TG_TABLE_NAME || '_version_is_newest';
    END IF;
    IF to_jsonb(NEW) - '{name_key,search_key}'::text[]
       IS DISTINCT FROM to_jsonb(OLD) - '{name_key,search_key}'::text[] THEN
        NEW.version = OLD.version + 1;
    END IF;
    RETURN NEW;
"""

APPEND_ONLY = """
    IF TG_OP = 'UPDATE' AND current_setting('lincs_ict.anonymising', true) = 'on' THEN
        IF (NEW.pgh_id, NEW.pgh_created_at, NEW.pgh_label, NEW.pgh_obj_id,
            NEW.pgh_context_id)
           IS NOT DISTINCT FROM
           (OLD.pgh_id, OLD.pgh_created_at, OLD.pgh_label, OLD.pgh_obj_id,
            OLD.pgh_context_id) THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'Cannot % rows of history', lower(TG_OP)
        USING ERRCODE = 'insufficient_privilege';
"""

NEVER_EMPTIED = """
    IF current_setting('lincs_ict.may_start_over', true) IS DISTINCT FROM 'on' THEN
        RAISE EXCEPTION 'history is added to and never emptied'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("partners", "0001_organisations_and_people"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("skills", "0001_catalogue_and_skills_held"),
    ]

    operations = [
        migrations.CreateModel(
            name="DutyChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("generated", "Laid out by rotation"),
                            ("assigned", "Named by a coordinator"),
                            ("swap", "Swap"),
                            ("cover", "Cover"),
                            ("sickness", "Somebody could not do it"),
                            ("correction", "Correction of the past"),
                            ("undone", "Undone"),
                        ],
                        max_length=12,
                    ),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="when")),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=500)),
                (
                    "undoes",
                    models.OneToOneField(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="undone_by", to="rota.dutychange"
                    ),
                ),
            ],
            options={
                "verbose_name": "change of duties",
                "verbose_name_plural": "changes of duties",
                "ordering": ["-made_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "undone"), ("undoes__isnull", False)),
                            models.Q(models.Q(("kind", "undone"), _negated=True), ("undoes__isnull", True)),
                            _connector="OR",
                        ),
                        name="rota_dutychange_says_what_it_undoes",
                        violation_error_message="Choose the change to undo",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="closed_stays_as_made",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""
                    IF to_jsonb(NEW) - 'made_by_id' IS DISTINCT FROM
                       to_jsonb(OLD) - 'made_by_id' THEN
                        RAISE EXCEPTION 'a change stays as it was made'
                            USING ERRCODE = 'integrity_constraint_violation',
                                  CONSTRAINT = 'rota_dutychange_closed_stays_as_made';
                    END IF;
                    RETURN NEW;
                """,
                            hash="be3dee746e4d315ea6d02e0dd328feefb638a38d",
                            operation="UPDATE",
                            pgid="pgtrigger_closed_stays_as_made_65123",
                            table="rota_dutychange",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Rota",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("name", models.CharField(error_messages={"unique": "There is already a rota with this name"}, max_length=80, unique=True)),
                (
                    "slug",
                    models.SlugField(
                        error_messages={"unique": "Another rota has this short name already"},
                        max_length=60,
                        unique=True,
                        verbose_name="short name in addresses",
                    ),
                ),
                (
                    "covers",
                    models.TextField(
                        blank=True, help_text="Systems and services, and what it is not for", max_length=1000, verbose_name="what it covers"
                    ),
                ),
                ("time_zone", models.CharField(default="Europe/London", max_length=40, validators=[rota.models.rota.is_time_zone])),
                (
                    "answer_within",
                    models.PositiveSmallIntegerField(
                        default=15, help_text="Minutes until somebody answers the phone", verbose_name="answers within"
                    ),
                ),
                (
                    "on_site_within",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Minutes until somebody is on site. Leave empty if there are no site visits",
                        null=True,
                        verbose_name="on site within",
                    ),
                ),
                (
                    "response_terms",
                    models.TextField(
                        blank=True, help_text="What was agreed with the people on duty, and what they are called for", max_length=1000
                    ),
                ),
                (
                    "ring_next_after",
                    models.PositiveSmallIntegerField(
                        default=15,
                        help_text="Minutes without an answer before you ring the next person",
                        verbose_name="ring the next after",
                    ),
                ),
                (
                    "last_resort",
                    models.CharField(blank=True, help_text="Who to ring if nobody answers at all: a name and a number", max_length=200),
                ),
                (
                    "closed_on",
                    models.DateField(
                        blank=True, help_text="The first day it is no longer used", null=True, validators=[rota.models.rota.is_near]
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ring_next_after__gte", 1), ("ring_next_after__lte", 120)),
                        name="rota_rota_rings_the_next_in_time",
                        violation_error_message="Enter from 1 to 120 minutes",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=VERSION,
                            hash="10f2e75d6edfb7562fa1123ba2e7b7c1da07daf7",
                            operation="UPDATE",
                            pgid="pgtrigger_version_edae1",
                            table="rota_rota",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "rota_rotaevent" ("answer_within", "closed_on", "covers", "id", "last_resort", "name", "on_site_within", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "response_terms", "ring_next_after", "slug", "time_zone", "version") VALUES (NEW."answer_within", NEW."closed_on", NEW."covers", NEW."id", NEW."last_resort", NEW."name", NEW."on_site_within", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."response_terms", NEW."ring_next_after", NEW."slug", NEW."time_zone", NEW."version"); RETURN NULL;""",
                            hash="1ffe078bad908d69f4a6c6a775e0bf1467eb3c7e",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_f4fca",
                            table="rota_rota",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func="""INSERT INTO "rota_rotaevent" ("answer_within", "closed_on", "covers", "id", "last_resort", "name", "on_site_within", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "response_terms", "ring_next_after", "slug", "time_zone", "version") VALUES (NEW."answer_within", NEW."closed_on", NEW."covers", NEW."id", NEW."last_resort", NEW."name", NEW."on_site_within", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."response_terms", NEW."ring_next_after", NEW."slug", NEW."time_zone", NEW."version"); RETURN NULL;""",
                            hash="27916dc5bebbb06cd07ca49497674623f1db0a4e",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a85d5",
                            table="rota_rota",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "rota_rotaevent" ("answer_within", "closed_on", "covers", "id", "last_resort", "name", "on_site_within", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "response_terms", "ring_next_after", "slug", "time_zone", "version") VALUES (OLD."answer_within", OLD."closed_on", OLD."covers", OLD."id", OLD."last_resort", OLD."name", OLD."on_site_within", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."response_terms", OLD."ring_next_after", OLD."slug", OLD."time_zone", OLD."version"); RETURN NULL;""",
                            hash="7a45c149ba8cb60a70200d87d3fbed68f4b54c77",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_91d79",
                            table="rota_rota",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RotaEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name="events", to="rota.rota"
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("name", models.CharField(error_messages={"unique": "There is already a rota with this name"}, max_length=80)),
                (
                    "slug",
                    models.SlugField(
                        db_index=False,
                        error_messages={"unique": "Another rota has this short name already"},
                        max_length=60,
                        verbose_name="short name in addresses",
                    ),
                ),
                (
                    "covers",
                    models.TextField(
                        blank=True, help_text="Systems and services, and what it is not for", max_length=1000, verbose_name="what it covers"
                    ),
                ),
                ("time_zone", models.CharField(default="Europe/London", max_length=40, validators=[rota.models.rota.is_time_zone])),
                (
                    "answer_within",
                    models.PositiveSmallIntegerField(
                        default=15, help_text="Minutes until somebody answers the phone", verbose_name="answers within"
                    ),
                ),
                (
                    "on_site_within",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Minutes until somebody is on site. Leave empty if there are no site visits",
                        null=True,
                        verbose_name="on site within",
                    ),
                ),
                (
                    "response_terms",
                    models.TextField(
                        blank=True, help_text="What was agreed with the people on duty, and what they are called for", max_length=1000
                    ),
                ),
                (
                    "ring_next_after",
                    models.PositiveSmallIntegerField(
                        default=15,
                        help_text="Minutes without an answer before you ring the next person",
                        verbose_name="ring the next after",
                    ),
                ),
                (
                    "last_resort",
                    models.CharField(blank=True, help_text="Who to ring if nobody answers at all: a name and a number", max_length=200),
                ),
                (
                    "closed_on",
                    models.DateField(
                        blank=True, help_text="The first day it is no longer used", null=True, validators=[rota.models.rota.is_near]
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=APPEND_ONLY,
                            hash="172c872738ed3141060265cbf4a094e11a175822",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_91100",
                            table="rota_rotaevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=NEVER_EMPTIED,
                            hash="e84e2ab3a995e3026ee63cc25d8dcb73504ba767",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_71094",
                            table="rota_rotaevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RotaPartner",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("rota", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="memberships", to="rota.rota")),
                (
                    "partner",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="rota_memberships", to="partners.partner"),
                ),
            ],
            options={
                "verbose_name": "partner in a rota",
                "verbose_name_plural": "partners in rotas",
                "ordering": ["rota", "partner"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("rota", "partner"),
                        name="rota_rotapartner_once_a_rota",
                        violation_error_message="This partner is already on the rota",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=VERSION,
                            hash="cc3ce3727a52a6f12dc2ca41bd6d8b27299cacab",
                            operation="UPDATE",
                            pgid="pgtrigger_version_3ffdf",
                            table="rota_rotapartner",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "rota_rotapartnerevent" ("id", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rota_id", "version") VALUES (NEW."id", NEW."partner_id", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."rota_id", NEW."version"); RETURN NULL;""",
                            hash="04335ccc30d8e59785506b6c8196a271591d9b8a",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_be060",
                            table="rota_rotapartner",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func="""INSERT INTO "rota_rotapartnerevent" ("id", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rota_id", "version") VALUES (NEW."id", NEW."partner_id", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."rota_id", NEW."version"); RETURN NULL;""",
                            hash="87912e5dc7bfb2f1efdc5bc4c2130e7b533cbceb",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c9c48",
                            table="rota_rotapartner",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "rota_rotapartnerevent" ("id", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rota_id", "version") VALUES (OLD."id", OLD."partner_id", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."rota_id", OLD."version"); RETURN NULL;""",
                            hash="74822cc1af5f67122d405bf6406c8a4a7ff147bc",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_ff307",
                            table="rota_rotapartner",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RotaPartnerEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name="events", to="rota.rotapartner"
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "rota",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="rota.rota",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.partner",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=APPEND_ONLY,
                            hash="00d68e46dc9f60d6fd62b7469c6e65e2d652af8b",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_fa41e",
                            table="rota_rotapartnerevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=NEVER_EMPTIED,
                            hash="c9bb8075eea70c1f4bb494811c2f6ae73bf8ac04",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_185f4",
                            table="rota_rotapartnerevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DemandTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("rota", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="demands", to="rota.rota")),
                ("name", models.CharField(help_text="For example, weekday nights", max_length=80)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("primary", "Primary"),
                            ("secondary", "Secondary"),
                            ("incident-lead", "Incident lead"),
                            ("shadow", "Shadow"),
                        ],
                        default="primary",
                        max_length=20,
                    ),
                ),
                (
                    "weekdays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(
                            choices=[
                                (1, "Monday"),
                                (2, "Tuesday"),
                                (3, "Wednesday"),
                                (4, "Thursday"),
                                (5, "Friday"),
                                (6, "Saturday"),
                                (7, "Sunday"),
                            ]
                        ),
                        default=rota.models.demand.every_day,
                        size=None,
                        verbose_name="days it begins on",
                    ),
                ),
                ("starts_at", models.TimeField(verbose_name="starts at")),
                ("length", models.DurationField(help_text="In local time: a night from 5pm to 9am is 16 hours long")),
                (
                    "on_holidays",
                    models.CharField(
                        choices=[("as usual", "As on any other day"), ("not", "Not on bank holidays"), ("only", "Only on bank holidays")],
                        default="as usual",
                        max_length=12,
                        verbose_name="on bank holidays",
                    ),
                ),
                (
                    "holiday_is",
                    models.CharField(
                        choices=[("substitute", "The substitute day, if there is one"), ("actual", "The day itself"), ("either", "Both")],
                        default="substitute",
                        max_length=12,
                        verbose_name="which day counts as the bank holiday",
                    ),
                ),
                (
                    "from_on",
                    models.DateField(default=django.utils.timezone.localdate, validators=[rota.models.rota.is_near], verbose_name="from"),
                ),
                (
                    "until_on",
                    models.DateField(
                        blank=True,
                        help_text="The last day it begins on",
                        null=True,
                        validators=[rota.models.rota.is_near],
                        verbose_name="until",
                    ),
                ),
                ("people", models.PositiveSmallIntegerField(default=1, verbose_name="people needed")),
                ("different_partners", models.BooleanField(default=False, verbose_name="people from different partners")),
            ],
            options={
                "verbose_name": "hours to cover",
                "verbose_name_plural": "hours to cover",
                "ordering": ["rota", "role", "starts_at", "pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ("primary", "secondary", "incident-lead", "shadow"))),
                        name="rota_demandtemplate_role_is_known",
                        violation_error_message="Choose a role from the list",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("people__gte", 1), ("people__lte", 9)),
                        name="rota_demandtemplate_people_is_counted",
                        violation_error_message="Choose a number from 1 to 9",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weekdays__contained_by", [1, 2, 3, 4, 5, 6, 7]), ("weekdays__len__gte", 1)),
                        name="rota_demandtemplate_weekdays_are_named",
                        violation_error_message="Choose at least one day of the week",
                    ),
                    models.UniqueConstraint(
                        fields=("rota", "name"),
                        name="rota_demandtemplate_name_once_a_rota",
                        violation_error_message="This rota already has hours with that name",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until_on__isnull", True), ("until_on__gte", models.F("from_on")), _connector="OR"),
                        name="rota_demandtemplate_ends_after_it_begins",
                        violation_error_message="The last day is the first day or later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("length__gt", datetime.timedelta(0)), ("length__lte", datetime.timedelta(days=14))),
                        name="rota_demandtemplate_length_is_sensible",
                        violation_error_message="Enter a length from 1 minute to 14 days",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=VERSION,
                            hash="21e227fa291450bce5daad0d3e1f2c589c5f957a",
                            operation="UPDATE",
                            pgid="pgtrigger_version_e6b98",
                            table="rota_demandtemplate",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "rota_demandtemplateevent" ("different_partners", "from_on", "holiday_is", "id", "length", "name", "on_holidays", "people", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "rota_id", "starts_at", "until_on", "version", "weekdays") VALUES (NEW."different_partners", NEW."from_on", NEW."holiday_is", NEW."id", NEW."length", NEW."name", NEW."on_holidays", NEW."people", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."role", NEW."rota_id", NEW."starts_at", NEW."until_on", NEW."version", NEW."weekdays"); RETURN NULL;""",
                            hash="11c6c461dbcc7b36ce0aec48ef46f4726595d566",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_87b52",
                            table="rota_demandtemplate",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func="""INSERT INTO "rota_demandtemplateevent" ("different_partners", "from_on", "holiday_is", "id", "length", "name", "on_holidays", "people", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "rota_id", "starts_at", "until_on", "version", "weekdays") VALUES (NEW."different_partners", NEW."from_on", NEW."holiday_is", NEW."id", NEW."length", NEW."name", NEW."on_holidays", NEW."people", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."role", NEW."rota_id", NEW."starts_at", NEW."until_on", NEW."version", NEW."weekdays"); RETURN NULL;""",
                            hash="2da23cd92ab0ac31e75b4c47cfd458ae91f15e7b",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_68ab6",
                            table="rota_demandtemplate",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "rota_demandtemplateevent" ("different_partners", "from_on", "holiday_is", "id", "length", "name", "on_holidays", "people", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "rota_id", "starts_at", "until_on", "version", "weekdays") VALUES (OLD."different_partners", OLD."from_on", OLD."holiday_is", OLD."id", OLD."length", OLD."name", OLD."on_holidays", OLD."people", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."role", OLD."rota_id", OLD."starts_at", OLD."until_on", OLD."version", OLD."weekdays"); RETURN NULL;""",
                            hash="5f0f0954a569e24416553e8898d5c4b96034e78a",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_b77c8",
                            table="rota_demandtemplate",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DemandTemplateEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name="events", to="rota.demandtemplate"
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "rota",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="rota.rota",
                    ),
                ),
                ("name", models.CharField(help_text="For example, weekday nights", max_length=80)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("primary", "Primary"),
                            ("secondary", "Secondary"),
                            ("incident-lead", "Incident lead"),
                            ("shadow", "Shadow"),
                        ],
                        default="primary",
                        max_length=20,
                    ),
                ),
                (
                    "weekdays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(
                            choices=[
                                (1, "Monday"),
                                (2, "Tuesday"),
                                (3, "Wednesday"),
                                (4, "Thursday"),
                                (5, "Friday"),
                                (6, "Saturday"),
                                (7, "Sunday"),
                            ]
                        ),
                        default=rota.models.demand.every_day,
                        size=None,
                        verbose_name="days it begins on",
                    ),
                ),
                ("starts_at", models.TimeField(verbose_name="starts at")),
                ("length", models.DurationField(help_text="In local time: a night from 5pm to 9am is 16 hours long")),
                (
                    "on_holidays",
                    models.CharField(
                        choices=[("as usual", "As on any other day"), ("not", "Not on bank holidays"), ("only", "Only on bank holidays")],
                        default="as usual",
                        max_length=12,
                        verbose_name="on bank holidays",
                    ),
                ),
                (
                    "holiday_is",
                    models.CharField(
                        choices=[("substitute", "The substitute day, if there is one"), ("actual", "The day itself"), ("either", "Both")],
                        default="substitute",
                        max_length=12,
                        verbose_name="which day counts as the bank holiday",
                    ),
                ),
                (
                    "from_on",
                    models.DateField(default=django.utils.timezone.localdate, validators=[rota.models.rota.is_near], verbose_name="from"),
                ),
                (
                    "until_on",
                    models.DateField(
                        blank=True,
                        help_text="The last day it begins on",
                        null=True,
                        validators=[rota.models.rota.is_near],
                        verbose_name="until",
                    ),
                ),
                ("people", models.PositiveSmallIntegerField(default=1, verbose_name="people needed")),
                ("different_partners", models.BooleanField(default=False, verbose_name="people from different partners")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=APPEND_ONLY,
                            hash="f90bef2ed6730b8960b67c032f56b86e5fe2fde5",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_bdcd7",
                            table="rota_demandtemplateevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=NEVER_EMPTIED,
                            hash="34633a5020e8ab9cfd94c148e7196aac1748864e",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_0fad9",
                            table="rota_demandtemplateevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DemandSkill",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("demand", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="skills", to="rota.demandtemplate")),
                ("skill", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="skills.skill")),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Awareness"), (2, "Working"), (3, "Practitioner"), (4, "Expert")], default=2, verbose_name="at least"
                    ),
                ),
            ],
            options={
                "verbose_name": "skill needed on duty",
                "verbose_name_plural": "skills needed on duty",
                "ordering": ["skill"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("demand", "skill"),
                        name="rota_demandskill_once",
                        violation_error_message="This skill is already on the list",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("level__gte", 1), ("level__lte", 4)),
                        name="rota_demandskill_level_is_known",
                        violation_error_message="Choose a level from the list",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=VERSION,
                            hash="840a4699584f7d064913ea14dfae86c9023f203b",
                            operation="UPDATE",
                            pgid="pgtrigger_version_00d5c",
                            table="rota_demandskill",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "rota_demandskillevent" ("demand_id", "id", "level", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "skill_id", "version") VALUES (NEW."demand_id", NEW."id", NEW."level", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."skill_id", NEW."version"); RETURN NULL;""",
                            hash="274c0b430c69d835cf70e2091cd2890ba6648343",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_9506a",
                            table="rota_demandskill",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func="""INSERT INTO "rota_demandskillevent" ("demand_id", "id", "level", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "skill_id", "version") VALUES (NEW."demand_id", NEW."id", NEW."level", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."skill_id", NEW."version"); RETURN NULL;""",
                            hash="1e0e5d6043988b82fb74f4055be0a08a147c0dc2",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_7794b",
                            table="rota_demandskill",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "rota_demandskillevent" ("demand_id", "id", "level", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "skill_id", "version") VALUES (OLD."demand_id", OLD."id", OLD."level", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."skill_id", OLD."version"); RETURN NULL;""",
                            hash="e31ee2c5addcc59a03cf9ee168b3b49443558df5",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_1adc9",
                            table="rota_demandskill",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DemandSkillEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name="events", to="rota.demandskill"
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "demand",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="rota.demandtemplate",
                    ),
                ),
                (
                    "skill",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="skills.skill",
                    ),
                ),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Awareness"), (2, "Working"), (3, "Practitioner"), (4, "Expert")], default=2, verbose_name="at least"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=APPEND_ONLY,
                            hash="0605d60155c676044b4a661f3d083ff1f3d6a56f",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_584c1",
                            table="rota_demandskillevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=NEVER_EMPTIED,
                            hash="433a1f7ab29bb926a6782e59cffdf836fffd16e3",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_db71b",
                            table="rota_demandskillevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Duty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rota", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="duties", to="rota.rota")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("primary", "Primary"),
                            ("secondary", "Secondary"),
                            ("incident-lead", "Incident lead"),
                            ("shadow", "Shadow"),
                        ],
                        max_length=20,
                    ),
                ),
                ("place", models.PositiveSmallIntegerField(default=1)),
                (
                    "staff",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duties",
                        to="partners.staffmember",
                        verbose_name="person",
                    ),
                ),
                ("partner", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="duties", to="partners.partner")),
                ("starts_at", models.DateTimeField(verbose_name="starts")),
                ("ends_at", models.DateTimeField(verbose_name="ends")),
                (
                    "during",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            "starts_at", "ends_at", django.contrib.postgres.fields.ranges.RangeBoundary(), function="tstzrange"
                        ),
                        output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
                    ),
                ),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("generated", "By rotation"),
                            ("assigned", "Named"),
                            ("swap", "Swap"),
                            ("cover", "Cover"),
                            ("sickness", "Somebody could not do it"),
                        ],
                        max_length=12,
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4)),
                ("made_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="made", to="rota.dutychange")),
                (
                    "replaced_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="replaced", to="rota.dutychange"
                    ),
                ),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed")),
            ],
            options={
                "verbose_name": "duty",
                "verbose_name_plural": "duties",
                "ordering": ["starts_at", "role", "place", "pk"],
                "indexes": [
                    models.Index(condition=models.Q(("replaced_by__isnull", True)), fields=["rota", "starts_at"], name="duty_by_start"),
                    models.Index(condition=models.Q(("replaced_by__isnull", True)), fields=["staff", "starts_at"], name="duty_of_person"),
                    models.Index(condition=models.Q(("replaced_by__isnull", True)), fields=["starts_at"], name="duty_of_all"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ("primary", "secondary", "incident-lead", "shadow"))),
                        name="rota_duty_role_is_known",
                        violation_error_message="Choose a role from the list",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("place__gte", 1), ("place__lte", 9)),
                        name="rota_duty_place_is_counted",
                        violation_error_message="Choose a number from 1 to 9",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_at__gt", models.F("starts_at")),
                            (
                                "ends_at__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("starts_at"), "+", models.Value(datetime.timedelta(days=31))
                                ),
                            ),
                        ),
                        name="rota_duty_length_is_sensible",
                        violation_error_message="A duty ends after it begins, and within 31 days",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("replaced_by__isnull", True), models.Q(("role", "shadow"), _negated=True)),
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        expressions=[("staff", "="), ("during", "&&")],
                        name="rota_duty_nobody_twice",
                        violation_error_message="This person is already on duty at that time, on this rota or another",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("replaced_by__isnull", True)),
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        expressions=[("rota", "="), ("role", "="), ("place", "="), ("during", "&&")],
                        name="rota_duty_one_holder",
                        violation_error_message="Somebody else has just been put in this place: check the rota again",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="what_was_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""
    IF TG_OP = 'DELETE'
       OR OLD.replaced_by_id IS NOT NULL AND
          OLD.replaced_by_id IS DISTINCT FROM NEW.replaced_by_id
       OR to_jsonb(NEW) - '{replaced_by_id,confirmed_at,during}'::text[]
          IS DISTINCT FROM
          to_jsonb(OLD) - '{replaced_by_id,confirmed_at,during}'::text[] THEN
        RAISE EXCEPTION 'a duty is replaced and never rewritten'
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = 'rota_duty_what_was_stays';
    END IF;
    RETURN NEW;
""",
                            hash="3178fb6b9aa99bde87e88e7123c7194e79ea5a78",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_what_was_stays_ba14c",
                            table="rota_duty",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LayingOut",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("last_day", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Being laid out"), ("done", "Laid out"), ("failed", "Stopped early")],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="when")),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                ("rotas", models.PositiveIntegerField(default=0, verbose_name="rotas looked at")),
                ("changed", models.PositiveIntegerField(default=0, verbose_name="rotas changed")),
                ("made", models.PositiveIntegerField(default=0, verbose_name="duties laid out")),
                ("replaced", models.PositiveIntegerField(default=0, verbose_name="duties replaced")),
                ("refusals", models.JSONField(default=list, verbose_name="rotas left as they were")),
                ("error", models.TextField(blank=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="finished")),
            ],
            options={
                "verbose_name": "laying out of all rotas",
                "verbose_name_plural": "layings out of all rotas",
                "ordering": ["-asked_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")),
                        fields=("state",),
                        name="rota_layingout_one_at_a_time",
                        violation_error_message="Duties are already being created for all rotas: wait until that has finished",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Rotation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("rota", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="rotations", to="rota.rota")),
                ("name", models.CharField(max_length=80)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("primary", "Primary"),
                            ("secondary", "Secondary"),
                            ("incident-lead", "Incident lead"),
                            ("shadow", "Shadow"),
                        ],
                        default="primary",
                        max_length=20,
                    ),
                ),
                ("place", models.PositiveSmallIntegerField(default=1, help_text="1 unless the hours need more than one person")),
                ("every", models.PositiveSmallIntegerField(default=1, verbose_name="a turn lasts")),
                ("unit", models.CharField(choices=[("day", "Days"), ("week", "Weeks"), ("month", "Months")], default="week", max_length=8)),
                ("handover", models.TimeField(default=datetime.time(9, 0), verbose_name="handover at")),
                (
                    "weekdays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(
                            choices=[
                                (1, "Monday"),
                                (2, "Tuesday"),
                                (3, "Wednesday"),
                                (4, "Thursday"),
                                (5, "Friday"),
                                (6, "Saturday"),
                                (7, "Sunday"),
                            ]
                        ),
                        default=rota.models.demand.every_day,
                        size=None,
                        verbose_name="days its duties begin on",
                    ),
                ),
                (
                    "start_on",
                    models.DateField(
                        help_text="A turn of weeks begins on this weekday",
                        validators=[rota.models.rota.is_near],
                        verbose_name="first turn begins on",
                    ),
                ),
                (
                    "start_turn",
                    models.PositiveSmallIntegerField(
                        default=1, help_text="The number in the order of whoever takes the first turn", verbose_name="who begins"
                    ),
                ),
                (
                    "until_on",
                    models.DateField(
                        blank=True,
                        help_text="The first day without it",
                        null=True,
                        validators=[rota.models.rota.is_near],
                        verbose_name="ends on",
                    ),
                ),
            ],
            options={
                "ordering": ["rota", "role", "place", "pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ("primary", "secondary", "incident-lead", "shadow"))),
                        name="rota_rotation_role_is_known",
                        violation_error_message="Choose a role from the list",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("place__gte", 1), ("place__lte", 9)),
                        name="rota_rotation_place_is_counted",
                        violation_error_message="Choose a number from 1 to 9",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weekdays__contained_by", [1, 2, 3, 4, 5, 6, 7]), ("weekdays__len__gte", 1)),
                        name="rota_rotation_weekdays_are_named",
                        violation_error_message="Choose at least one day of the week",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until_on__isnull", True), ("until_on__gte", models.F("start_on")), _connector="OR"),
                        name="rota_rotation_ends_after_it_begins",
                        violation_error_message="Enter the first day or a later one",
                    ),
                    models.UniqueConstraint(
                        fields=("rota", "name"),
                        name="rota_rotation_name_once_a_rota",
                        violation_error_message="This rota already has a rotation with that name",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("every__gte", 1), ("every__lte", 52)),
                        name="rota_rotation_turns_are_of_some_length",
                        violation_error_message="Enter a number from 1 to 52",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("start_turn__gte", 1), ("start_turn__lte", 200)),
                        name="rota_rotation_begins_with_somebody",
                        violation_error_message="Enter a number from 1 to 200",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unit__in", ("day", "week", "month"))),
                        name="rota_rotation_unit_is_known",
                        violation_error_message="Choose days, weeks or months",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=VERSION,
                            hash="500dd5973dd98e9f3086ad19713e6a69988739e6",
                            operation="UPDATE",
                            pgid="pgtrigger_version_5e748",
                            table="rota_rotation",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "rota_rotationevent" ("every", "handover", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "role", "rota_id", "start_on", "start_turn", "unit", "until_on", "version", "weekdays") VALUES (NEW."every", NEW."handover", NEW."id", NEW."name", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."place", NEW."role", NEW."rota_id", NEW."start_on", NEW."start_turn", NEW."unit", NEW."until_on", NEW."version", NEW."weekdays"); RETURN NULL;""",
                            hash="07fb0aee973759a4bb0021b00349f46f8b0d58e2",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_e1ecc",
                            table="rota_rotation",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func="""INSERT INTO "rota_rotationevent" ("every", "handover", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "role", "rota_id", "start_on", "start_turn", "unit", "until_on", "version", "weekdays") VALUES (NEW."every", NEW."handover", NEW."id", NEW."name", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."place", NEW."role", NEW."rota_id", NEW."start_on", NEW."start_turn", NEW."unit", NEW."until_on", NEW."version", NEW."weekdays"); RETURN NULL;""",
                            hash="c95c2210a19317eaa875ce4e7eb9475a8eb98634",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_d0863",
                            table="rota_rotation",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "rota_rotationevent" ("every", "handover", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "role", "rota_id", "start_on", "start_turn", "unit", "until_on", "version", "weekdays") VALUES (OLD."every", OLD."handover", OLD."id", OLD."name", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."place", OLD."role", OLD."rota_id", OLD."start_on", OLD."start_turn", OLD."unit", OLD."until_on", OLD."version", OLD."weekdays"); RETURN NULL;""",
                            hash="2662e1dd307395a401289b0c31e000a241f77544",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_8d6b2",
                            table="rota_rotation",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RotationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name="events", to="rota.rotation"
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "rota",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="rota.rota",
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("primary", "Primary"),
                            ("secondary", "Secondary"),
                            ("incident-lead", "Incident lead"),
                            ("shadow", "Shadow"),
                        ],
                        default="primary",
                        max_length=20,
                    ),
                ),
                ("place", models.PositiveSmallIntegerField(default=1, help_text="1 unless the hours need more than one person")),
                ("every", models.PositiveSmallIntegerField(default=1, verbose_name="a turn lasts")),
                ("unit", models.CharField(choices=[("day", "Days"), ("week", "Weeks"), ("month", "Months")], default="week", max_length=8)),
                ("handover", models.TimeField(default=datetime.time(9, 0), verbose_name="handover at")),
                (
                    "weekdays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(
                            choices=[
                                (1, "Monday"),
                                (2, "Tuesday"),
                                (3, "Wednesday"),
                                (4, "Thursday"),
                                (5, "Friday"),
                                (6, "Saturday"),
                                (7, "Sunday"),
                            ]
                        ),
                        default=rota.models.demand.every_day,
                        size=None,
                        verbose_name="days its duties begin on",
                    ),
                ),
                (
                    "start_on",
                    models.DateField(
                        help_text="A turn of weeks begins on this weekday",
                        validators=[rota.models.rota.is_near],
                        verbose_name="first turn begins on",
                    ),
                ),
                (
                    "start_turn",
                    models.PositiveSmallIntegerField(
                        default=1, help_text="The number in the order of whoever takes the first turn", verbose_name="who begins"
                    ),
                ),
                (
                    "until_on",
                    models.DateField(
                        blank=True,
                        help_text="The first day without it",
                        null=True,
                        validators=[rota.models.rota.is_near],
                        verbose_name="ends on",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=APPEND_ONLY,
                            hash="18468d3ba3b88da2119359c2d460c52a8c62e9d9",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_49d26",
                            table="rota_rotationevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=NEVER_EMPTIED,
                            hash="423a1cf4854431700a9cda72469949764b23053d",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_415a9",
                            table="rota_rotationevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RotationMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("rotation", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="members", to="rota.rotation")),
                ("position", models.PositiveSmallIntegerField(verbose_name="number in the order")),
                (
                    "staff",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rotation_places",
                        to="partners.staffmember",
                        verbose_name="person",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rotation_places",
                        to="partners.partner",
                    ),
                ),
                ("since_on", models.DateField(blank=True, null=True, validators=[rota.models.rota.is_near], verbose_name="joins on")),
                (
                    "until_on",
                    models.DateField(
                        blank=True,
                        help_text="The first day no longer in it",
                        null=True,
                        validators=[rota.models.rota.is_near],
                        verbose_name="leaves on",
                    ),
                ),
            ],
            options={
                "verbose_name": "place in a rotation",
                "verbose_name_plural": "places in rotations",
                "ordering": ["rotation", "position", "pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("partner__isnull", False), ("staff__isnull", True)),
                            models.Q(("partner__isnull", True), ("staff__isnull", False)),
                            _connector="OR",
                        ),
                        name="rota_rotationmember_a_person_or_a_partner",
                        violation_error_message="Choose a person or a partner, and not both",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("since_on__isnull", True), ("until_on__isnull", True), ("until_on__gte", models.F("since_on")), _connector="OR"
                        ),
                        name="rota_rotationmember_leaves_after_joining",
                        violation_error_message="Enter the first day or a later one",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("rotation", "="),
                            (django.db.models.functions.comparison.Coalesce("staff_id", 0), "="),
                            (django.db.models.functions.comparison.Coalesce("partner_id", 0), "="),
                            (
                                models.Func(
                                    "since_on",
                                    "until_on",
                                    models.Value("[)"),
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="rota_rotationmember_once_at_a_time",
                        violation_error_message="This person or partner is already in the rotation at that time",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=VERSION,
                            hash="5f1b846c103e9f6c2a536fe3d273e47b8edb1078",
                            operation="UPDATE",
                            pgid="pgtrigger_version_5664b",
                            table="rota_rotationmember",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "rota_rotationmemberevent" ("id", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "rotation_id", "since_on", "staff_id", "until_on", "version") VALUES (NEW."id", NEW."partner_id", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."position", NEW."rotation_id", NEW."since_on", NEW."staff_id", NEW."until_on", NEW."version"); RETURN NULL;""",
                            hash="030fdb426c1c372efdce0fa215d0454fdf815f86",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_844bc",
                            table="rota_rotationmember",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func="""INSERT INTO "rota_rotationmemberevent" ("id", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "rotation_id", "since_on", "staff_id", "until_on", "version") VALUES (NEW."id", NEW."partner_id", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."position", NEW."rotation_id", NEW."since_on", NEW."staff_id", NEW."until_on", NEW."version"); RETURN NULL;""",
                            hash="950ff8e579b67b701f29e44a4c4ecfdf2b2255a0",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c69a6",
                            table="rota_rotationmember",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "rota_rotationmemberevent" ("id", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "rotation_id", "since_on", "staff_id", "until_on", "version") VALUES (OLD."id", OLD."partner_id", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."position", OLD."rotation_id", OLD."since_on", OLD."staff_id", OLD."until_on", OLD."version"); RETURN NULL;""",
                            hash="76dd1318fb8b988aad1ebada8af7684840c989f9",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_d31a6",
                            table="rota_rotationmember",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RotationMemberEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name="events", to="rota.rotationmember"
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "rotation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="rota.rotation",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="number in the order")),
                (
                    "staff",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.staffmember",
                        verbose_name="person",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.partner",
                    ),
                ),
                ("since_on", models.DateField(blank=True, null=True, validators=[rota.models.rota.is_near], verbose_name="joins on")),
                (
                    "until_on",
                    models.DateField(
                        blank=True,
                        help_text="The first day no longer in it",
                        null=True,
                        validators=[rota.models.rota.is_near],
                        verbose_name="leaves on",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=APPEND_ONLY,
                            hash="4eedfca84d30db50f0589cd3454f921c159141aa",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_a3200",
                            table="rota_rotationmemberevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=NEVER_EMPTIED,
                            hash="6b9134af073167e91382979c13a80897c0749750",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_61cca",
                            table="rota_rotationmemberevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MemberExclusion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("from_on", models.DateField(validators=[rota.models.rota.is_near], verbose_name="first day")),
                ("until_on", models.DateField(blank=True, null=True, validators=[rota.models.rota.is_near], verbose_name="last day")),
                (
                    "member",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="exclusions", to="rota.rotationmember"),
                ),
            ],
            options={
                "verbose_name": "turn put off",
                "verbose_name_plural": "turns put off",
                "ordering": ["from_on"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until_on__isnull", True), ("until_on__gte", models.F("from_on")), _connector="OR"),
                        name="rota_memberexclusion_ends_after_it_begins",
                        violation_error_message="Enter the first day or a later one",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=VERSION,
                            hash="1b06bacef61bf3ff9af2fc6aabf72f741b90905c",
                            operation="UPDATE",
                            pgid="pgtrigger_version_eb268",
                            table="rota_memberexclusion",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "rota_memberexclusionevent" ("from_on", "id", "member_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "until_on", "version") VALUES (NEW."from_on", NEW."id", NEW."member_id", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."until_on", NEW."version"); RETURN NULL;""",
                            hash="0c1bf4317dd1aef445598bcdf1db47ab06ee7d34",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_64c7a",
                            table="rota_memberexclusion",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func="""INSERT INTO "rota_memberexclusionevent" ("from_on", "id", "member_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "until_on", "version") VALUES (NEW."from_on", NEW."id", NEW."member_id", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."until_on", NEW."version"); RETURN NULL;""",
                            hash="8441ba62d0f9fec4d21895e67c7973c7734374be",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_01489",
                            table="rota_memberexclusion",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "rota_memberexclusionevent" ("from_on", "id", "member_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "until_on", "version") VALUES (OLD."from_on", OLD."id", OLD."member_id", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."until_on", OLD."version"); RETURN NULL;""",
                            hash="83a58881978f28729eb345850de1dde70532f31b",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_eafe7",
                            table="rota_memberexclusion",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MemberExclusionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="rota.memberexclusion",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("from_on", models.DateField(validators=[rota.models.rota.is_near], verbose_name="first day")),
                ("until_on", models.DateField(blank=True, null=True, validators=[rota.models.rota.is_near], verbose_name="last day")),
                (
                    "member",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="rota.rotationmember",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=APPEND_ONLY,
                            hash="440cd9769db511cf826481905f0f05b80323b30e",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_ce90d",
                            table="rota_memberexclusionevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=NEVER_EMPTIED,
                            hash="aa754e7245973fc0365461db4a60c0aa1b742f2f",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_3b5c7",
                            table="rota_memberexclusionevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Block",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("from_on", models.DateField(validators=[rota.models.rota.is_near], verbose_name="first day")),
                ("until_on", models.DateField(blank=True, null=True, validators=[rota.models.rota.is_near], verbose_name="last day")),
                ("rota", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="blocks", to="rota.rota")),
                ("name", models.CharField(help_text="For example, Christmas 2026", max_length=80)),
            ],
            options={
                "verbose_name": "days arranged by hand",
                "verbose_name_plural": "days arranged by hand",
                "ordering": ["from_on"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until_on__isnull", True), ("until_on__gte", models.F("from_on")), _connector="OR"),
                        name="rota_block_ends_after_it_begins",
                        violation_error_message="Enter the first day or a later one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until_on__isnull", False)),
                        name="rota_block_ends",
                        violation_error_message="Enter the last day",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("rota", "="),
                            (
                                models.Func(
                                    "from_on",
                                    "until_on",
                                    models.Value("[]"),
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="rota_block_days_blocked_once",
                        violation_error_message="Some of these days are already arranged by hand: check the list",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=VERSION,
                            hash="acc0ce35e5f0ecd6ac30b88ff6b15abc7f7610b7",
                            operation="UPDATE",
                            pgid="pgtrigger_version_e47f0",
                            table="rota_block",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "rota_blockevent" ("from_on", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rota_id", "until_on", "version") VALUES (NEW."from_on", NEW."id", NEW."name", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."rota_id", NEW."until_on", NEW."version"); RETURN NULL;""",
                            hash="f6991f1892f7072e693ec55720bc2d5b0bddc84f",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_c69bf",
                            table="rota_block",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func="""INSERT INTO "rota_blockevent" ("from_on", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rota_id", "until_on", "version") VALUES (NEW."from_on", NEW."id", NEW."name", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."rota_id", NEW."until_on", NEW."version"); RETURN NULL;""",
                            hash="57419ad6df2c636e091e293b56154412aaf0be33",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_57363",
                            table="rota_block",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "rota_blockevent" ("from_on", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rota_id", "until_on", "version") VALUES (OLD."from_on", OLD."id", OLD."name", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."rota_id", OLD."until_on", OLD."version"); RETURN NULL;""",
                            hash="1eef02bd4cd6cc2dae189734cb8e94aff4aec58d",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_4ee18",
                            table="rota_block",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BlockEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name="events", to="rota.block"
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("from_on", models.DateField(validators=[rota.models.rota.is_near], verbose_name="first day")),
                ("until_on", models.DateField(blank=True, null=True, validators=[rota.models.rota.is_near], verbose_name="last day")),
                (
                    "rota",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="rota.rota",
                    ),
                ),
                ("name", models.CharField(help_text="For example, Christmas 2026", max_length=80)),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=APPEND_ONLY,
                            hash="df31fbad641c3715ceedaa3816d0f229604ecad9",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_04418",
                            table="rota_blockevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=NEVER_EMPTIED,
                            hash="30ab4e4c084edd1e6ec6c571b99814ba590f9af4",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_75d50",
                            table="rota_blockevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Swap",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("duty", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="swaps", to="rota.duty")),
                ("starts_at", models.DateTimeField(verbose_name="from")),
                ("ends_at", models.DateTimeField(verbose_name="until")),
                (
                    "during",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            "starts_at", "ends_at", django.contrib.postgres.fields.ranges.RangeBoundary(), function="tstzrange"
                        ),
                        output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("open", "Anybody who can"), ("named", "The people asked"), ("exchange", "In exchange for another duty")],
                        max_length=10,
                    ),
                ),
                (
                    "offered",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="rota.duty",
                        verbose_name="in exchange for",
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=500)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Waiting for an answer"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
                            ("lapsed", "Lapsed"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="asked")),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked by",
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "accepted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="swaps_accepted",
                        to="partners.staffmember",
                        verbose_name="taken by",
                    ),
                ),
                (
                    "change",
                    models.OneToOneField(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="swap", to="rota.dutychange"
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "verbose_name": "swap",
                "ordering": ["starts_at", "pk"],
                "indexes": [models.Index(condition=models.Q(("state", "open")), fields=["duty"], name="swap_open_of_duty")],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("state", "open")),
                        expressions=[("duty", "="), ("during", "&&")],
                        name="rota_swap_one_open_at_a_time",
                        violation_error_message="Somebody has already been asked to take these hours: see that request",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="rota_swap_ends_after_it_begins",
                        violation_error_message="Enter an end that is after the start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "exchange"), ("offered__isnull", False)),
                            models.Q(("kind__in", ("open", "named")), ("offered__isnull", True)),
                            _connector="OR",
                        ),
                        name="rota_swap_exchange_names_a_duty",
                        violation_error_message="Choose the duty to exchange with",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("accepted_by__isnull", False), ("change__isnull", False), ("state", "accepted")),
                            models.Q(
                                ("state__in", ("open", "declined", "withdrawn", "lapsed")),
                                ("accepted_by__isnull", True),
                                ("change__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="rota_swap_accepted_by_somebody",
                        violation_error_message="Choose who takes the duty",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="closed_stays_closed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.\"state\" IS DISTINCT FROM 'open')",
                            func="""
                    IF to_jsonb(NEW) - '{asked_by_id,answered_by_id,during}'::text[]
                       IS DISTINCT FROM
                       to_jsonb(OLD) - '{asked_by_id,answered_by_id,during}'::text[]
                    THEN
                        RAISE EXCEPTION 'a closed request stays as it is'
                            USING ERRCODE = 'integrity_constraint_violation',
                                  CONSTRAINT = 'rota_swap_closed_stays_closed';
                    END IF;
                    RETURN NEW;
                """,
                            hash="6f835d7e4bae2d9cf2ac8479e953ebd0503c5c51",
                            operation="UPDATE",
                            pgid="pgtrigger_closed_stays_closed_80447",
                            table="rota_swap",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SwapAsked",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("swap", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="asked", to="rota.swap")),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="swaps_asked",
                        to="partners.staffmember",
                        verbose_name="person",
                    ),
                ),
                ("declined_at", models.DateTimeField(blank=True, null=True, verbose_name="declined")),
            ],
            options={
                "verbose_name": "somebody asked",
                "verbose_name_plural": "people asked",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("swap", "staff"), name="rota_swapasked_once", violation_error_message="This person has already been asked"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RotaToken",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("switchboard", "On call now, for a switchboard"),
                            ("telephony", "On call now, for a phone system"),
                            ("own", "Calendar of one person"),
                            ("rota", "Calendar of one rota"),
                            ("partner", "Calendar of one partner"),
                        ],
                        max_length=12,
                    ),
                ),
                ("label", models.CharField(blank=True, max_length=120, verbose_name="who uses it")),
                ("digest", models.BinaryField(max_length=32, unique=True)),
                (
                    "staff",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rota_tokens",
                        to="partners.staffmember",
                        verbose_name="person",
                    ),
                ),
                (
                    "rota",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="tokens", to="rota.rota"
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rota_tokens",
                        to="partners.partner",
                    ),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="made")),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
                ("last_used_on", models.DateField(blank=True, null=True, verbose_name="last used")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn")),
                ("shown", models.BinaryField(max_length=32, null=True)),
                ("shown_since", models.DateTimeField(editable=False, null=True)),
            ],
            options={
                "verbose_name": "secret address",
                "verbose_name_plural": "secret addresses",
                "ordering": ["-made_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "own"), ("partner", None), ("rota", None), ("staff__isnull", False)),
                            models.Q(("kind", "rota"), ("partner", None), ("rota__isnull", False), ("staff", None)),
                            models.Q(("kind", "partner"), ("partner__isnull", False), ("rota", None), ("staff", None)),
                            models.Q(("kind__in", ("switchboard", "telephony")), ("rota", None), ("staff", None)),
                            _connector="OR",
                        ),
                        name="rota_rotatoken_reads_what_its_kind_says",
                        violation_error_message="Choose what this address is for",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="rota",
            name="partners",
            field=models.ManyToManyField(related_name="rotas", through="rota.RotaPartner", to="partners.partner"),
        ),
    ]
