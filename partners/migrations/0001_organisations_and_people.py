import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.contrib.postgres.operations
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import django.utils.timezone
import partners.models.invitation
import partners.models.telephone
import partners.models.user
import partners.models.wording
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


# Triggers that many tables have.
NEVER_EMPTIED = """
    IF current_setting('lincs_ict.may_start_over', true) IS DISTINCT FROM 'on' THEN
        RAISE EXCEPTION 'history is added to and never emptied'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
"""

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

ONE_AT_A_TIME = """
            PERFORM FROM partners_staffmember WHERE id = NEW.staff_id FOR NO KEY UPDATE;
            RETURN NEW;
        """


class Migration(migrations.Migration):
    initial = True

    dependencies = [("pghistory", "0007_auto_20250421_0444"), ("post_office", "0014_alter_email_recipient_delivery_status_and_more")]

    operations = [
        django.contrib.postgres.operations.BtreeGistExtension(),
        django.contrib.postgres.operations.TrigramExtension(),
        migrations.CreateModel(
            name="Anonymisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("staff_id", models.BigIntegerField(error_messages={"unique": "This person has been anonymised already"}, unique=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("rows", models.JSONField(verbose_name="rows scrubbed, by table")),
            ],
            options={
                "ordering": ["-at"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;""",
                            hash="b25554cd4a2aeb48b17879ae560a627113297e0d",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_37c2f",
                            table="partners_anonymisation",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=NEVER_EMPTIED,
                            hash="a43c3a436f8f2f4d1d1033040f161db206d66cda",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_d9cf7",
                            table="partners_anonymisation",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "message",
                    models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="delivery", to="post_office.email"),
                ),
                ("claimed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("", "In hand"), ("unsure", "May have been sent"), ("left", "Left as it is")],
                        default="",
                        max_length=6,
                    ),
                ),
            ],
            options={"verbose_name_plural": "deliveries", "indexes": [models.Index(fields=["claimed_at"], name="delivery_claimed")]},
        ),
        migrations.CreateModel(
            name="Partner",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "name",
                    models.CharField(error_messages={"unique": "There is already a partner with this name"}, max_length=120, unique=True),
                ),
                ("short_name", models.CharField(help_text="As people say it: “Boston”", max_length=60, unique=True)),
                ("slug", models.SlugField(max_length=60, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("district", "District council"),
                            ("borough", "Borough council"),
                            ("city", "City council"),
                            ("county", "County council"),
                            ("police", "Police"),
                            ("nhs", "NHS trust"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "service_desk_telephone",
                    partners.models.telephone.TelephoneField(blank=True, max_length=40, verbose_name="service desk telephone"),
                ),
                ("service_desk_email", models.EmailField(blank=True, max_length=254, verbose_name="service desk e-mail")),
                ("desk_opens_at", models.TimeField(default="08:00", verbose_name="desk opens at")),
                ("desk_closes_at", models.TimeField(default="17:30", verbose_name="desk closes at")),
                (
                    "out_of_hours_telephone",
                    partners.models.telephone.TelephoneField(blank=True, max_length=40, verbose_name="out-of-hours telephone"),
                ),
                ("out_of_hours_email", models.EmailField(blank=True, max_length=254, verbose_name="out-of-hours e-mail")),
                ("senior_sponsor", models.CharField(blank=True, help_text="Name and post", max_length=120)),
                ("joined_on", models.DateField(blank=True, null=True)),
                ("left_on", models.DateField(blank=True, help_text="The first day it is no longer a partner", null=True)),
            ],
            options={
                "ordering": ["name"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("left_on__isnull", True), ("joined_on__isnull", True), ("left_on__gte", models.F("joined_on")), _connector="OR"
                        ),
                        name="partners_partner_leaves_after_joining",
                        violation_error_message="A partner leaves after it has joined",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("desk_closes_at__gt", models.F("desk_opens_at"))),
                        name="partners_partner_desk_closes_after_opening",
                        violation_error_message="The desk closes after it opens",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("service_desk_telephone", ""),
                            ("service_desk_telephone__regex", "^[+(]{0,2}[0-9]([ ()-]{0,3}[0-9]){4,19}( ?(ext|x)\\.? ?[0-9]{1,6})?$"),
                            _connector="OR",
                        ),
                        name="partners_partner_service_desk_telephone_is_telephone",
                        violation_error_message="Enter a telephone number, like 01632 960001 or +44 1632 960001",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("out_of_hours_telephone", ""),
                            ("out_of_hours_telephone__regex", "^[+(]{0,2}[0-9]([ ()-]{0,3}[0-9]){4,19}( ?(ext|x)\\.? ?[0-9]{1,6})?$"),
                            _connector="OR",
                        ),
                        name="partners_partner_out_of_hours_telephone_is_telephone",
                        violation_error_message="Enter a telephone number, like 01632 960001 or +44 1632 960001",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=VERSION,
                            hash="5b6b844e9d7c3a0e2911d9b2785c17958834e007",
                            operation="UPDATE",
                            pgid="pgtrigger_version_318ec",
                            table="partners_partner",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "partners_partnerevent" ("desk_closes_at", "desk_opens_at", "id", "joined_on", "kind", "left_on", "name", "out_of_hours_email", "out_of_hours_telephone", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "senior_sponsor", "service_desk_email", "service_desk_telephone", "short_name", "slug", "version") VALUES (NEW."desk_closes_at", NEW."desk_opens_at", NEW."id", NEW."joined_on", NEW."kind", NEW."left_on", NEW."name", NEW."out_of_hours_email", NEW."out_of_hours_telephone", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."senior_sponsor", NEW."service_desk_email", NEW."service_desk_telephone", NEW."short_name", NEW."slug", NEW."version"); RETURN NULL;""",
                            hash="4625a69e8e2b0f4bcc7ec8c731caffc72e02ed94",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_71860",
                            table="partners_partner",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func="""INSERT INTO "partners_partnerevent" ("desk_closes_at", "desk_opens_at", "id", "joined_on", "kind", "left_on", "name", "out_of_hours_email", "out_of_hours_telephone", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "senior_sponsor", "service_desk_email", "service_desk_telephone", "short_name", "slug", "version") VALUES (NEW."desk_closes_at", NEW."desk_opens_at", NEW."id", NEW."joined_on", NEW."kind", NEW."left_on", NEW."name", NEW."out_of_hours_email", NEW."out_of_hours_telephone", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."senior_sponsor", NEW."service_desk_email", NEW."service_desk_telephone", NEW."short_name", NEW."slug", NEW."version"); RETURN NULL;""",
                            hash="d0bd601bbb69ca6b1ccf2d5aa7c884bc57e3c10b",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_17ece",
                            table="partners_partner",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "partners_partnerevent" ("desk_closes_at", "desk_opens_at", "id", "joined_on", "kind", "left_on", "name", "out_of_hours_email", "out_of_hours_telephone", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "senior_sponsor", "service_desk_email", "service_desk_telephone", "short_name", "slug", "version") VALUES (OLD."desk_closes_at", OLD."desk_opens_at", OLD."id", OLD."joined_on", OLD."kind", OLD."left_on", OLD."name", OLD."out_of_hours_email", OLD."out_of_hours_telephone", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."senior_sponsor", OLD."service_desk_email", OLD."service_desk_telephone", OLD."short_name", OLD."slug", OLD."version"); RETURN NULL;""",
                            hash="ae7e3ec1d7550d6d2dd27e8e7cfd94c1fc90b2bd",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_e7dd8",
                            table="partners_partner",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BankHoliday",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("on", models.DateField(verbose_name="date")),
                ("name", models.CharField(max_length=80)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("actual", "The day itself"),
                            ("substitute", "Substitute day"),
                            ("one-off", "One-off"),
                            ("local", "Local day of one partner"),
                        ],
                        default="actual",
                        max_length=12,
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        blank=True,
                        help_text="Only for a local day",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="local_days",
                        to="partners.partner",
                    ),
                ),
            ],
            options={
                "ordering": ["on", "name"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("on", "kind", "partner"),
                        name="partners_bankholiday_once_a_day",
                        nulls_distinct=False,
                        violation_error_message="This day is in the list already",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "local"), ("partner__isnull", False)),
                            models.Q(models.Q(("kind", "local"), _negated=True), ("partner__isnull", True)),
                            _connector="OR",
                        ),
                        name="partners_bankholiday_partner_goes_with_local",
                        violation_error_message="Choose a partner for a local day, and none for other days",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=VERSION,
                            hash="0fd18bb433c796827484861482ecfcf705b4bb95",
                            operation="UPDATE",
                            pgid="pgtrigger_version_c7af4",
                            table="partners_bankholiday",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "partners_bankholidayevent" ("id", "kind", "name", "on", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (NEW."id", NEW."kind", NEW."name", NEW."on", NEW."partner_id", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."version"); RETURN NULL;""",
                            hash="3898e5f77b8da43fb85ccc3a2ca0ff8a1f016dc1",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_b62cd",
                            table="partners_bankholiday",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func="""INSERT INTO "partners_bankholidayevent" ("id", "kind", "name", "on", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (NEW."id", NEW."kind", NEW."name", NEW."on", NEW."partner_id", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."version"); RETURN NULL;""",
                            hash="da174bb133aaaad4075f03260de7f00c427a1a85",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_88957",
                            table="partners_bankholiday",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "partners_bankholidayevent" ("id", "kind", "name", "on", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (OLD."id", OLD."kind", OLD."name", OLD."on", OLD."partner_id", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."version"); RETURN NULL;""",
                            hash="b7aba9438b7a6f9470f911821c3cabf2ce3ca130",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_88545",
                            table="partners_bankholiday",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BankHolidayEvent",
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
                        to="partners.bankholiday",
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
                ("on", models.DateField(verbose_name="date")),
                ("name", models.CharField(max_length=80)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("actual", "The day itself"),
                            ("substitute", "Substitute day"),
                            ("one-off", "One-off"),
                            ("local", "Local day of one partner"),
                        ],
                        default="actual",
                        max_length=12,
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Only for a local day",
                        null=True,
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
                            hash="f19bcee27e539cedf58cea897a94a75e98d5774a",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_19d80",
                            table="partners_bankholidayevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=NEVER_EMPTIED,
                            hash="3fe69275650a7eb222d2e16949fac308ad6dfcda",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_81725",
                            table="partners_bankholidayevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PartnerEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name="events", to="partners.partner"
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
                ("name", models.CharField(error_messages={"unique": "There is already a partner with this name"}, max_length=120)),
                ("short_name", models.CharField(help_text="As people say it: “Boston”", max_length=60)),
                ("slug", models.SlugField(db_index=False, max_length=60)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("district", "District council"),
                            ("borough", "Borough council"),
                            ("city", "City council"),
                            ("county", "County council"),
                            ("police", "Police"),
                            ("nhs", "NHS trust"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "service_desk_telephone",
                    partners.models.telephone.TelephoneField(blank=True, max_length=40, verbose_name="service desk telephone"),
                ),
                ("service_desk_email", models.EmailField(blank=True, max_length=254, verbose_name="service desk e-mail")),
                ("desk_opens_at", models.TimeField(default="08:00", verbose_name="desk opens at")),
                ("desk_closes_at", models.TimeField(default="17:30", verbose_name="desk closes at")),
                (
                    "out_of_hours_telephone",
                    partners.models.telephone.TelephoneField(blank=True, max_length=40, verbose_name="out-of-hours telephone"),
                ),
                ("out_of_hours_email", models.EmailField(blank=True, max_length=254, verbose_name="out-of-hours e-mail")),
                ("senior_sponsor", models.CharField(blank=True, help_text="Name and post", max_length=120)),
                ("joined_on", models.DateField(blank=True, null=True)),
                ("left_on", models.DateField(blank=True, help_text="The first day it is no longer a partner", null=True)),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=APPEND_ONLY,
                            hash="77a7e1e374c4b09e03ecafc5f08783a42986f7eb",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_20581",
                            table="partners_partnerevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=NEVER_EMPTIED,
                            hash="c8847f952fabcc0ebd25e6360b0dba258ce8aff4",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_346dc",
                            table="partners_partnerevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Site",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("partner", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="sites", to="partners.partner")),
                ("name", models.CharField(max_length=120)),
                ("address", models.CharField(blank=True, max_length=200)),
                ("postcode", models.CharField(blank=True, max_length=10)),
            ],
            options={
                "ordering": ["partner", "name"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("partner", "name"),
                        name="partners_site_name_is_unique_in_partner",
                        violation_error_message="This partner has a site of that name already",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=VERSION,
                            hash="36a51a01bb6df38bf9785a7ff57c54854e248ed0",
                            operation="UPDATE",
                            pgid="pgtrigger_version_4ef81",
                            table="partners_site",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "partners_siteevent" ("address", "id", "name", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postcode", "version") VALUES (NEW."address", NEW."id", NEW."name", NEW."partner_id", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."postcode", NEW."version"); RETURN NULL;""",
                            hash="a0853f2f99e1303c97d9f6d570858d1addbbc4a8",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_049c2",
                            table="partners_site",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func="""INSERT INTO "partners_siteevent" ("address", "id", "name", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postcode", "version") VALUES (NEW."address", NEW."id", NEW."name", NEW."partner_id", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."postcode", NEW."version"); RETURN NULL;""",
                            hash="9f6b5ee27f71a57fc4667b5d29c573f9c26af38d",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_5a2f3",
                            table="partners_site",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "partners_siteevent" ("address", "id", "name", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postcode", "version") VALUES (OLD."address", OLD."id", OLD."name", OLD."partner_id", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."postcode", OLD."version"); RETURN NULL;""",
                            hash="5fba737f9caa010e3b481bce7446231b18a6b3dd",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_06643",
                            table="partners_site",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SiteEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name="events", to="partners.site"
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
                    "partner",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.partner",
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("address", models.CharField(blank=True, max_length=200)),
                ("postcode", models.CharField(blank=True, max_length=10)),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=APPEND_ONLY,
                            hash="a20c773d8acf9502eb2b3e16ce1c0986ce296d94",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_5b346",
                            table="partners_siteevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=NEVER_EMPTIED,
                            hash="2a0fe76f0ea7b87f3c501f762b6c9a52cf1c526e",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_edf67",
                            table="partners_siteevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IdentityProvider",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "partner",
                    models.OneToOneField(
                        error_messages={"unique": "This partner has its provider already"},
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="identity_provider",
                        to="partners.partner",
                    ),
                ),
                ("name", models.CharField(help_text="For example “City of Lincoln account”", max_length=40, verbose_name="name as shown")),
                (
                    "issuer",
                    models.CharField(
                        blank=True,
                        help_text="For Microsoft Entra ID: https://login.microsoftonline.com/, the tenant ID, then /v2.0",
                        max_length=200,
                        verbose_name="address of the provider",
                    ),
                ),
                ("client_id", models.CharField(blank=True, max_length=120, verbose_name="client ID")),
                ("sealed_secret", models.TextField(blank=True, editable=False)),
                ("is_active", models.BooleanField(default=False, verbose_name="people may sign in with it")),
            ],
            options={
                "ordering": ["partner"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("issuer", ""),
                            models.Q(
                                ("issuer__regex", "^https?://[A-Za-z0-9.:\\[\\]-]+(/[A-Za-z0-9._~/-]*)?$"),
                                ("issuer__regex", "^(https://|http://(127\\.0\\.0\\.1|localhost)[:/])"),
                            ),
                            _connector="OR",
                        ),
                        name="partners_identityprovider_address_is_safe",
                        violation_error_message="Enter an address that begins with https://",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_active", False),
                            models.Q(
                                models.Q(("issuer", ""), _negated=True),
                                models.Q(("client_id", ""), _negated=True),
                                models.Q(("sealed_secret", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="partners_identityprovider_is_whole_when_in_use",
                        violation_error_message="Enter the address, the client ID and the client secret before people may sign in with it",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=VERSION,
                            hash="f230ba43c2aa2c04fb92dc6add8a304474c4d723",
                            operation="UPDATE",
                            pgid="pgtrigger_version_ed15a",
                            table="partners_identityprovider",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "partners_identityproviderevent" ("client_id", "id", "is_active", "issuer", "name", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (NEW."client_id", NEW."id", NEW."is_active", NEW."issuer", NEW."name", NEW."partner_id", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."version"); RETURN NULL;""",
                            hash="971ea379dfa3cb2151a13c1aa1e40dc890dc64ea",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_7ad43",
                            table="partners_identityprovider",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="""WHEN (OLD."client_id" IS DISTINCT FROM (NEW."client_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."issuer" IS DISTINCT FROM (NEW."issuer") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."partner_id" IS DISTINCT FROM (NEW."partner_id") OR OLD."version" IS DISTINCT FROM (NEW."version"))""",
                            func="""INSERT INTO "partners_identityproviderevent" ("client_id", "id", "is_active", "issuer", "name", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (NEW."client_id", NEW."id", NEW."is_active", NEW."issuer", NEW."name", NEW."partner_id", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."version"); RETURN NULL;""",
                            hash="67c71f2ef73c31f540a57d1cb843eda5cf93df87",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e9d77",
                            table="partners_identityprovider",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "partners_identityproviderevent" ("client_id", "id", "is_active", "issuer", "name", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (OLD."client_id", OLD."id", OLD."is_active", OLD."issuer", OLD."name", OLD."partner_id", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."version"); RETURN NULL;""",
                            hash="dcf4f0b30ecb78b822e1da7dd1d4eba59351ada2",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_41ece",
                            table="partners_identityprovider",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IdentityProviderEvent",
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
                        to="partners.identityprovider",
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
                    "partner",
                    models.ForeignKey(
                        db_constraint=False,
                        error_messages={"unique": "This partner has its provider already"},
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.partner",
                    ),
                ),
                ("name", models.CharField(help_text="For example “City of Lincoln account”", max_length=40, verbose_name="name as shown")),
                (
                    "issuer",
                    models.CharField(
                        blank=True,
                        help_text="For Microsoft Entra ID: https://login.microsoftonline.com/, the tenant ID, then /v2.0",
                        max_length=200,
                        verbose_name="address of the provider",
                    ),
                ),
                ("client_id", models.CharField(blank=True, max_length=120, verbose_name="client ID")),
                ("is_active", models.BooleanField(default=False, verbose_name="people may sign in with it")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=APPEND_ONLY,
                            hash="97a7858db36378d5ffa4f8eda1dab49d7f8c3f70",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_5cf8a",
                            table="partners_identityproviderevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=NEVER_EMPTIED,
                            hash="087af7eedb319705d65a6991cbb9c8087e2c5956",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_6e969",
                            table="partners_identityproviderevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                ("date_joined", models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined")),
                (
                    "email",
                    models.EmailField(
                        error_messages={"unique": "There is already a login with this e-mail"},
                        max_length=254,
                        unique=True,
                        verbose_name="work e-mail",
                    ),
                ),
                ("session_edition", models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                "verbose_name": "login",
                "ordering": ["email"],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"),
                        name="partners_user_email_is_unique",
                        violation_error_message="There is already a login with this e-mail",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="keep_one_coordinator",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (NOT NEW."is_active" AND OLD."is_active")',
                            func="""
    IF NOT EXISTS (
        SELECT FROM partners_appointment
        WHERE user_id = NEW.id
          AND role = 'partnership coordinator'
    ) THEN
        RETURN NULL;
    END IF;

    PERFORM pg_advisory_xact_lock(hashtext('partners_appointment_somebody_coordinates'));
    IF NOT EXISTS (
        SELECT FROM partners_appointment a
        JOIN partners_user u ON u.id = a.user_id AND u.is_active
        LEFT JOIN partners_staffmember p ON p.user_id = u.id
        WHERE a.role = 'partnership coordinator'
          AND a.until IS NULL AND a.since <= CURRENT_DATE
          AND p.left_on IS NULL
    ) THEN
        RAISE EXCEPTION 'the last partnership coordinator'
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = 'partners_appointment_somebody_coordinates';
    END IF;
    RETURN NULL;
""",
                            hash="d926fb1b29be6c44506672aa13f5fd90d76cd719",
                            operation="UPDATE",
                            pgid="pgtrigger_keep_one_coordinator_781ce",
                            table="partners_user",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="keep_a_way_in",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (NOT NEW."is_active" AND OLD."is_active")',
                            func="""
    PERFORM pg_advisory_xact_lock(hashtext('partners_appointment_every_partner_has_a_way_in'));
    IF EXISTS (
        SELECT FROM partners_appointment lost
        JOIN partners_partner partner ON partner.id = lost.partner_id
            AND (partner.left_on IS NULL OR partner.left_on > CURRENT_DATE)
        WHERE lost.user_id = NEW.id AND lost.role = 'coordinator'
          AND (lost.until IS NULL OR lost.until > CURRENT_DATE)
          AND NOT EXISTS (
            SELECT FROM partners_appointment kept
            JOIN partners_user u ON u.id = kept.user_id AND u.is_active
            LEFT JOIN partners_staffmember p ON p.user_id = u.id
            WHERE kept.partner_id = lost.partner_id
              AND kept.role = 'coordinator'
              AND kept.until IS NULL AND kept.since <= CURRENT_DATE
              AND p.left_on IS NULL
          )
    ) THEN
        RAISE EXCEPTION 'the last coordinator of a partner'
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = 'partners_appointment_every_partner_has_a_way_in';
    END IF;
    RETURN NULL;
""",
                            hash="3f60747ec3ce498622e36141a8c4d8cc5876e570",
                            operation="UPDATE",
                            pgid="pgtrigger_keep_a_way_in_dbfb3",
                            table="partners_user",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="editions_only_rise",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""
                    NEW.session_edition =
                        GREATEST(NEW.session_edition, OLD.session_edition);
                    RETURN NEW;
                """,
                            hash="5b29f0fb3ba01ceb88e4ea6276095ae3a890ef24",
                            operation="UPDATE",
                            pgid="pgtrigger_editions_only_rise_dbf56",
                            table="partners_user",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "partners_userevent" ("date_joined", "email", "id", "is_active", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."date_joined", NEW."email", NEW."id", NEW."is_active", _pgh_attach_context(), NOW(), 'insert', NEW."id"); RETURN NULL;""",
                            hash="704acc27a617561422d83c6164e8a9d21f5e5112",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_4fa34",
                            table="partners_user",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="""WHEN (OLD."date_joined" IS DISTINCT FROM (NEW."date_joined") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active"))""",
                            func="""INSERT INTO "partners_userevent" ("date_joined", "email", "id", "is_active", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."date_joined", NEW."email", NEW."id", NEW."is_active", _pgh_attach_context(), NOW(), 'update', NEW."id"); RETURN NULL;""",
                            hash="8820ce319fd9222f56381988b5eb898a4b973d4e",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f552c",
                            table="partners_user",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "partners_userevent" ("date_joined", "email", "id", "is_active", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."date_joined", OLD."email", OLD."id", OLD."is_active", _pgh_attach_context(), NOW(), 'delete', OLD."id"); RETURN NULL;""",
                            hash="ee9ea5970dfa55239725758a9cfca75e7dc3ebb5",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_fb2b2",
                            table="partners_user",
                            when="AFTER",
                        ),
                    ),
                ],
            },
            managers=[("objects", partners.models.user.UserManager())],
        ),
        migrations.CreateModel(
            name="Appointment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="appointments",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="login",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("coordinator", "Coordinator"),
                            ("partnership coordinator", "Partnership coordinator"),
                            ("reader", "Reader (senior sponsor)"),
                        ],
                        max_length=30,
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        blank=True,
                        help_text="For a coordinator: whose records they keep",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="appointments",
                        to="partners.partner",
                    ),
                ),
                ("since", models.DateField(default=django.utils.timezone.localdate)),
                ("until", models.DateField(blank=True, help_text="The first day without this role", null=True)),
            ],
            options={
                "ordering": ["role", "since"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"),
                        name="partners_appointment_ends_after_it_begins",
                        violation_error_message="An appointment ends after it begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("partner__isnull", False), ("role", "coordinator")),
                            models.Q(models.Q(("role", "coordinator"), _negated=True), ("partner__isnull", True)),
                            _connector="OR",
                        ),
                        name="partners_appointment_partner_goes_with_coordinator",
                        violation_error_message="Choose a partner for a coordinator, and none for other roles",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("user", "="),
                            ("role", "="),
                            (django.db.models.functions.comparison.Coalesce("partner_id", 0), "="),
                            (
                                models.Func(
                                    "since",
                                    "until",
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="partners_appointment_held_once",
                        violation_error_message="This login holds that role in those days already",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=VERSION,
                            hash="4e7b8261171a47feb4057f4ecde970ce02a967d9",
                            operation="UPDATE",
                            pgid="pgtrigger_version_805c9",
                            table="partners_appointment",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="one_at_a_time",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""
            PERFORM FROM partners_user WHERE id = NEW.user_id FOR NO KEY UPDATE;
            RETURN NEW;
        """,
                            hash="c4ec54e3b4534e2082a8048879783b6aea7330b9",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_one_at_a_time_198ca",
                            table="partners_appointment",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="keep_one_coordinator",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.\"role\" = 'partnership coordinator')",
                            func="""
    PERFORM pg_advisory_xact_lock(hashtext('partners_appointment_somebody_coordinates'));
    IF NOT EXISTS (
        SELECT FROM partners_appointment a
        JOIN partners_user u ON u.id = a.user_id AND u.is_active
        LEFT JOIN partners_staffmember p ON p.user_id = u.id
        WHERE a.role = 'partnership coordinator'
          AND a.until IS NULL AND a.since <= CURRENT_DATE
          AND p.left_on IS NULL
    ) THEN
        RAISE EXCEPTION 'the last partnership coordinator'
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = 'partners_appointment_somebody_coordinates';
    END IF;
    RETURN NULL;
""",
                            hash="8aa3715b7da4a1978eb2482d44162d8af3765633",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_keep_one_coordinator_bc6c3",
                            table="partners_appointment",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="end_sessions",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""
            UPDATE partners_user SET session_edition = session_edition + 1
            WHERE id IN (
                CASE WHEN TG_OP <> 'INSERT' THEN OLD.user_id END,
                CASE WHEN TG_OP <> 'DELETE' THEN NEW.user_id END
            );
            RETURN NULL;
        """,
                            hash="07b716e6d4daba28d9d8ab416c37088f35b15a4c",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_end_sessions_28e00",
                            table="partners_appointment",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "partners_appointmentevent" ("id", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "since", "until", "user_id", "version") VALUES (NEW."id", NEW."partner_id", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."role", NEW."since", NEW."until", NEW."user_id", NEW."version"); RETURN NULL;""",
                            hash="b5e219a3f472de2245e297f8218238f4f8cf4603",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_79c96",
                            table="partners_appointment",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func="""INSERT INTO "partners_appointmentevent" ("id", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "since", "until", "user_id", "version") VALUES (NEW."id", NEW."partner_id", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."role", NEW."since", NEW."until", NEW."user_id", NEW."version"); RETURN NULL;""",
                            hash="3222ca2790a3726893c56eb63cafa0a441924db6",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_d5af5",
                            table="partners_appointment",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "partners_appointmentevent" ("id", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "since", "until", "user_id", "version") VALUES (OLD."id", OLD."partner_id", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."role", OLD."since", OLD."until", OLD."user_id", OLD."version"); RETURN NULL;""",
                            hash="834573263b4547a1137f912474f5316ca2b86e90",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_d06c9",
                            table="partners_appointment",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AppointmentEvent",
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
                        to="partners.appointment",
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
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="login",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("coordinator", "Coordinator"),
                            ("partnership coordinator", "Partnership coordinator"),
                            ("reader", "Reader (senior sponsor)"),
                        ],
                        max_length=30,
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="For a coordinator: whose records they keep",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.partner",
                    ),
                ),
                ("since", models.DateField(default=django.utils.timezone.localdate)),
                ("until", models.DateField(blank=True, help_text="The first day without this role", null=True)),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=APPEND_ONLY,
                            hash="e3ed745326bace8eeab2075f13399ca43fee4a9f",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_88c8c",
                            table="partners_appointmentevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=NEVER_EMPTIED,
                            hash="30f3351cbf738e0ac5e93bd21f4e30429152f7bc",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_b5c96",
                            table="partners_appointmentevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StaffMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("partner", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="people", to="partners.partner")),
                (
                    "user",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="person",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="login",
                    ),
                ),
                ("name", models.CharField(help_text="As the person writes it", max_length=120)),
                ("post", models.CharField(blank=True, max_length=120)),
                ("work_email", models.EmailField(max_length=254, verbose_name="work e-mail")),
                ("telephone", partners.models.telephone.TelephoneField(blank=True, max_length=40, verbose_name="work telephone")),
                ("mobile", partners.models.telephone.TelephoneField(blank=True, max_length=40, verbose_name="work mobile")),
                (
                    "is_mobile_hidden",
                    models.BooleanField(
                        default=False, help_text="Only you and your coordinators see it", verbose_name="hide my work mobile"
                    ),
                ),
                (
                    "base_site",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="people",
                        to="partners.site",
                        verbose_name="base site",
                    ),
                ),
                ("full_time_equivalent", models.DecimalField(decimal_places=2, default=1, help_text="1 is full time", max_digits=3)),
                ("is_willing_to_help", models.BooleanField(default=False, verbose_name="willing to help other partners")),
                ("left_on", models.DateField(blank=True, help_text="The first day no longer in post", null=True)),
                ("anonymised_on", models.DateField(blank=True, editable=False, null=True)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="last confirmed")),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="last confirmed by",
                    ),
                ),
                (
                    "name_key",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Lower(
                            partners.models.wording.WithoutMarks(partners.models.wording.Decomposed(models.F("name")))
                        ),
                        output_field=models.TextField(),
                    ),
                ),
                (
                    "search_key",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Lower(
                            partners.models.wording.WithoutMarks(
                                partners.models.wording.Decomposed(
                                    django.db.models.functions.text.Concat(models.F("name"), models.Value(" "), models.F("post"))
                                )
                            )
                        ),
                        output_field=models.TextField(),
                    ),
                ),
            ],
            options={
                "verbose_name": "member of staff",
                "verbose_name_plural": "members of staff",
                "ordering": ["name_key", "pk"],
                "abstract": False,
                "indexes": [
                    models.Index(fields=["name_key", "id"], name="staffmember_name_order"),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass("search_key", name="gin_trgm_ops"), name="staffmember_words"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("work_email"),
                        name="partners_staffmember_email_is_unique",
                        violation_error_message="Somebody in the partnership has this work e-mail already",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("full_time_equivalent__gt", 0), ("full_time_equivalent__lte", 1)),
                        name="partners_staffmember_full_time_is_one",
                        violation_error_message="Full-time equivalent is more than 0 and at most 1",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("confirmed_by__isnull", True), ("confirmed_at__isnull", False), _connector="OR"),
                        name="partners_staffmember_confirmed_at_a_time",
                        violation_error_message="Say when the record was confirmed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("anonymised_on__isnull", True), ("left_on__isnull", False), _connector="OR"),
                        name="partners_staffmember_anonymised_after_leaving",
                        violation_error_message="Only people who have left are anonymised",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("telephone", ""),
                            ("telephone__regex", "^[+(]{0,2}[0-9]([ ()-]{0,3}[0-9]){4,19}( ?(ext|x)\\.? ?[0-9]{1,6})?$"),
                            _connector="OR",
                        ),
                        name="partners_staffmember_telephone_is_telephone",
                        violation_error_message="Enter a telephone number, like 01632 960001 or +44 1632 960001",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("mobile", ""),
                            ("mobile__regex", "^[+(]{0,2}[0-9]([ ()-]{0,3}[0-9]){4,19}( ?(ext|x)\\.? ?[0-9]{1,6})?$"),
                            _connector="OR",
                        ),
                        name="partners_staffmember_mobile_is_telephone",
                        violation_error_message="Enter a telephone number, like 01632 960001 or +44 1632 960001",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=VERSION,
                            hash="e41adc0e6054709103b3930bc6d21cc2e3443754",
                            operation="UPDATE",
                            pgid="pgtrigger_version_9e458",
                            table="partners_staffmember",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="keep_one_coordinator",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="""WHEN (NEW."left_on" IS NOT NULL AND NEW."user_id" IS NOT NULL)""",
                            func="""
    IF NOT EXISTS (
        SELECT FROM partners_appointment
        WHERE user_id = NEW.user_id
          AND role = 'partnership coordinator'
    ) THEN
        RETURN NULL;
    END IF;

    PERFORM pg_advisory_xact_lock(hashtext('partners_appointment_somebody_coordinates'));
    IF NOT EXISTS (
        SELECT FROM partners_appointment a
        JOIN partners_user u ON u.id = a.user_id AND u.is_active
        LEFT JOIN partners_staffmember p ON p.user_id = u.id
        WHERE a.role = 'partnership coordinator'
          AND a.until IS NULL AND a.since <= CURRENT_DATE
          AND p.left_on IS NULL
    ) THEN
        RAISE EXCEPTION 'the last partnership coordinator'
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = 'partners_appointment_somebody_coordinates';
    END IF;
    RETURN NULL;
""",
                            hash="44ce13701e6802c5b510e09a108fb29205ee26f5",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_keep_one_coordinator_a2468",
                            table="partners_staffmember",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="keep_a_way_in",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="""WHEN (NEW."left_on" IS NOT NULL AND NEW."user_id" IS NOT NULL AND OLD."left_on" IS NULL)""",
                            func="""
    PERFORM pg_advisory_xact_lock(hashtext('partners_appointment_every_partner_has_a_way_in'));
    IF EXISTS (
        SELECT FROM partners_appointment lost
        JOIN partners_partner partner ON partner.id = lost.partner_id
            AND (partner.left_on IS NULL OR partner.left_on > CURRENT_DATE)
        WHERE lost.user_id = NEW.user_id AND lost.role = 'coordinator'
          AND (lost.until IS NULL OR lost.until > CURRENT_DATE)
          AND NOT EXISTS (
            SELECT FROM partners_appointment kept
            JOIN partners_user u ON u.id = kept.user_id AND u.is_active
            LEFT JOIN partners_staffmember p ON p.user_id = u.id
            WHERE kept.partner_id = lost.partner_id
              AND kept.role = 'coordinator'
              AND kept.until IS NULL AND kept.since <= CURRENT_DATE
              AND p.left_on IS NULL
          )
    ) THEN
        RAISE EXCEPTION 'the last coordinator of a partner'
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = 'partners_appointment_every_partner_has_a_way_in';
    END IF;
    RETURN NULL;
""",
                            hash="116da2cb09ebeae320711c56c456d59c3c555ea0",
                            operation="UPDATE",
                            pgid="pgtrigger_keep_a_way_in_e55da",
                            table="partners_staffmember",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="moves_by_transfer",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."partner_id" IS DISTINCT FROM (NEW."partner_id"))',
                            func="""
    IF NOT EXISTS (
        SELECT FROM partners_transfer
        WHERE staff_id = NEW.id AND state = 'accepted'
          AND from_partner_id = OLD.partner_id AND to_partner_id = NEW.partner_id
    ) THEN
        RAISE EXCEPTION 'no accepted transfer moves this person'
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = 'partners_staffmember_moves_by_transfer';
    END IF;
    RETURN NEW;
""",
                            hash="d31513270302156a851c1c30bea0c86e73e64d0a",
                            operation="UPDATE",
                            pgid="pgtrigger_moves_by_transfer_f1b6f",
                            table="partners_staffmember",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="stays_anonymous",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."anonymised_on" IS NOT NULL)',
                            func="""
    IF to_jsonb(NEW) - '{version,user_id,name_key,search_key}'::text[]
       IS DISTINCT FROM to_jsonb(OLD) - '{version,user_id,name_key,search_key}'::text[]
       OR (NEW.user_id IS NOT NULL AND NEW.user_id IS DISTINCT FROM OLD.user_id) THEN
        RAISE EXCEPTION 'an anonymous record stays as it is'
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = 'partners_staffmember_stays_anonymous';
    END IF;
    RETURN NEW;
""",
                            hash="cd3ad6e4e6f034811b5cc4f759af6872f38fe6f8",
                            operation="UPDATE",
                            pgid="pgtrigger_stays_anonymous_352b0",
                            table="partners_staffmember",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "partners_staffmemberevent" ("anonymised_on", "base_site_id", "confirmed_at", "confirmed_by_id", "full_time_equivalent", "id", "is_mobile_hidden", "is_willing_to_help", "left_on", "mobile", "name", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post", "telephone", "user_id", "version", "work_email") VALUES (NEW."anonymised_on", NEW."base_site_id", NEW."confirmed_at", NEW."confirmed_by_id", NEW."full_time_equivalent", NEW."id", NEW."is_mobile_hidden", NEW."is_willing_to_help", NEW."left_on", NEW."mobile", NEW."name", NEW."partner_id", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."post", NEW."telephone", NEW."user_id", NEW."version", NEW."work_email"); RETURN NULL;""",
                            hash="60864320d2059d7d8bc9343e55991772d2ac02d8",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_f4821",
                            table="partners_staffmember",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="""WHEN (OLD."anonymised_on" IS DISTINCT FROM (NEW."anonymised_on") OR OLD."base_site_id" IS DISTINCT FROM (NEW."base_site_id") OR OLD."confirmed_at" IS DISTINCT FROM (NEW."confirmed_at") OR OLD."confirmed_by_id" IS DISTINCT FROM (NEW."confirmed_by_id") OR OLD."full_time_equivalent" IS DISTINCT FROM (NEW."full_time_equivalent") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_mobile_hidden" IS DISTINCT FROM (NEW."is_mobile_hidden") OR OLD."is_willing_to_help" IS DISTINCT FROM (NEW."is_willing_to_help") OR OLD."left_on" IS DISTINCT FROM (NEW."left_on") OR OLD."mobile" IS DISTINCT FROM (NEW."mobile") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."partner_id" IS DISTINCT FROM (NEW."partner_id") OR OLD."post" IS DISTINCT FROM (NEW."post") OR OLD."telephone" IS DISTINCT FROM (NEW."telephone") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."work_email" IS DISTINCT FROM (NEW."work_email"))""",
                            func="""INSERT INTO "partners_staffmemberevent" ("anonymised_on", "base_site_id", "confirmed_at", "confirmed_by_id", "full_time_equivalent", "id", "is_mobile_hidden", "is_willing_to_help", "left_on", "mobile", "name", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post", "telephone", "user_id", "version", "work_email") VALUES (NEW."anonymised_on", NEW."base_site_id", NEW."confirmed_at", NEW."confirmed_by_id", NEW."full_time_equivalent", NEW."id", NEW."is_mobile_hidden", NEW."is_willing_to_help", NEW."left_on", NEW."mobile", NEW."name", NEW."partner_id", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."post", NEW."telephone", NEW."user_id", NEW."version", NEW."work_email"); RETURN NULL;""",
                            hash="641ca65229088006c1de25d0607d867693f202ae",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_d874f",
                            table="partners_staffmember",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "partners_staffmemberevent" ("anonymised_on", "base_site_id", "confirmed_at", "confirmed_by_id", "full_time_equivalent", "id", "is_mobile_hidden", "is_willing_to_help", "left_on", "mobile", "name", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post", "telephone", "user_id", "version", "work_email") VALUES (OLD."anonymised_on", OLD."base_site_id", OLD."confirmed_at", OLD."confirmed_by_id", OLD."full_time_equivalent", OLD."id", OLD."is_mobile_hidden", OLD."is_willing_to_help", OLD."left_on", OLD."mobile", OLD."name", OLD."partner_id", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."post", OLD."telephone", OLD."user_id", OLD."version", OLD."work_email"); RETURN NULL;""",
                            hash="6152eff11f027d8313407aa7d9f9dd385b1c0c11",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_63590",
                            table="partners_staffmember",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Absence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "staff",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="absences", to="partners.staffmember"),
                ),
                ("begins_on", models.DateField(verbose_name="first day away")),
                ("ends_on", models.DateField(blank=True, help_text="Empty: until further notice", null=True, verbose_name="last day away")),
                (
                    "cover",
                    models.ForeignKey(
                        blank=True,
                        help_text="A colleague at the same partner",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="covers",
                        to="partners.staffmember",
                        verbose_name="covered by",
                    ),
                ),
            ],
            options={
                "ordering": ["begins_on"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__isnull", True), ("ends_on__gte", models.F("begins_on")), _connector="OR"),
                        name="partners_absence_ends_after_it_begins",
                        violation_error_message="An absence ends on or after its first day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("cover__isnull", True), models.Q(("cover", models.F("staff")), _negated=True), _connector="OR"),
                        name="partners_absence_somebody_else_covers",
                        violation_error_message="Nobody covers for themselves: choose a colleague",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("staff", "="),
                            (
                                models.Func(
                                    "begins_on",
                                    "ends_on",
                                    models.Value("[]"),
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="partners_absence_days_counted_once",
                        violation_error_message="Some of these days are already in another absence of this person",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=VERSION,
                            hash="53d3dda93895caacbf0ad7f8d9e3211e8bf3658c",
                            operation="UPDATE",
                            pgid="pgtrigger_version_4e41f",
                            table="partners_absence",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="one_at_a_time",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=ONE_AT_A_TIME,
                            hash="cd2192da27dd34c9e71d2efa555691cb8750fc75",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_one_at_a_time_7e83e",
                            table="partners_absence",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "partners_absenceevent" ("begins_on", "cover_id", "ends_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "staff_id", "version") VALUES (NEW."begins_on", NEW."cover_id", NEW."ends_on", NEW."id", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."staff_id", NEW."version"); RETURN NULL;""",
                            hash="10131f62779294c8faf8782105542f9e5d57c3b0",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_28c34",
                            table="partners_absence",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func="""INSERT INTO "partners_absenceevent" ("begins_on", "cover_id", "ends_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "staff_id", "version") VALUES (NEW."begins_on", NEW."cover_id", NEW."ends_on", NEW."id", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."staff_id", NEW."version"); RETURN NULL;""",
                            hash="d285cc70fc16c72c4dc4a066fabfa7fca45e20b4",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_35fe0",
                            table="partners_absence",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "partners_absenceevent" ("begins_on", "cover_id", "ends_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "staff_id", "version") VALUES (OLD."begins_on", OLD."cover_id", OLD."ends_on", OLD."id", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."staff_id", OLD."version"); RETURN NULL;""",
                            hash="618042a525ab7f759698b4cc72e68c6562b0ede5",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_07367",
                            table="partners_absence",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AbsenceEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name="events", to="partners.absence"
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
                    "staff",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.staffmember",
                    ),
                ),
                ("begins_on", models.DateField(verbose_name="first day away")),
                ("ends_on", models.DateField(blank=True, help_text="Empty: until further notice", null=True, verbose_name="last day away")),
                (
                    "cover",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="A colleague at the same partner",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.staffmember",
                        verbose_name="covered by",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["staff", "pgh_created_at", "pgh_id"], name="partners_ab_staff_i_4d95be_idx")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=APPEND_ONLY,
                            hash="d3c49155b32758b9d14a8ebe4f8413c27659686a",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_a9725",
                            table="partners_absenceevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=NEVER_EMPTIED,
                            hash="7ee9bba4bc7d3be105f0d230dd89ab45e87db5b1",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_f8e0d",
                            table="partners_absenceevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkingDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "staff",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="working_days", to="partners.staffmember"),
                ),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
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
                ),
                ("starts_at", models.TimeField(default="09:00", verbose_name="from")),
                ("ends_at", models.TimeField(default="17:00", verbose_name="to")),
            ],
            options={
                "ordering": ["staff", "weekday"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("staff", "weekday"),
                        name="partners_workingday_once_a_week",
                        violation_error_message="This day of the week is there already",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weekday__range", (1, 7))),
                        name="partners_workingday_weekday_is_one_of_seven",
                        violation_error_message="Choose a day of the week",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="partners_workingday_ends_after_it_starts",
                        violation_error_message="The working day ends after it starts",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=VERSION,
                            hash="9beaaf17770f6f00b8567ef9594b5b36b04120c9",
                            operation="UPDATE",
                            pgid="pgtrigger_version_8482c",
                            table="partners_workingday",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "partners_workingdayevent" ("ends_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "staff_id", "starts_at", "version", "weekday") VALUES (NEW."ends_at", NEW."id", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."staff_id", NEW."starts_at", NEW."version", NEW."weekday"); RETURN NULL;""",
                            hash="dd9b55af3575d4006084b45d41516e2b5a556940",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_029f6",
                            table="partners_workingday",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func="""INSERT INTO "partners_workingdayevent" ("ends_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "staff_id", "starts_at", "version", "weekday") VALUES (NEW."ends_at", NEW."id", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."staff_id", NEW."starts_at", NEW."version", NEW."weekday"); RETURN NULL;""",
                            hash="b03b88aca9953cae65472fe9a33ae992be426be6",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_8e067",
                            table="partners_workingday",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "partners_workingdayevent" ("ends_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "staff_id", "starts_at", "version", "weekday") VALUES (OLD."ends_at", OLD."id", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."staff_id", OLD."starts_at", OLD."version", OLD."weekday"); RETURN NULL;""",
                            hash="5e6b59f652d768bec0acc579fc69a41c8a04fc20",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_be7a7",
                            table="partners_workingday",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkingDayEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name="events", to="partners.workingday"
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
                    "staff",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.staffmember",
                    ),
                ),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
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
                ),
                ("starts_at", models.TimeField(default="09:00", verbose_name="from")),
                ("ends_at", models.TimeField(default="17:00", verbose_name="to")),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["staff", "pgh_created_at", "pgh_id"], name="partners_wo_staff_i_1f9369_idx")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=APPEND_ONLY,
                            hash="fdc9a33f7b27c3c590e55839631e11b7866b79e2",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_66f0a",
                            table="partners_workingdayevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=NEVER_EMPTIED,
                            hash="3dd13f3444ff0ce861d3e7f61aeca054022afd1e",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_c3fd2",
                            table="partners_workingdayevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StaffMemberEvent",
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
                        to="partners.staffmember",
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
                    "partner",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.partner",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="login",
                    ),
                ),
                ("name", models.CharField(help_text="As the person writes it", max_length=120)),
                ("post", models.CharField(blank=True, max_length=120)),
                ("work_email", models.EmailField(max_length=254, verbose_name="work e-mail")),
                ("telephone", partners.models.telephone.TelephoneField(blank=True, max_length=40, verbose_name="work telephone")),
                ("mobile", partners.models.telephone.TelephoneField(blank=True, max_length=40, verbose_name="work mobile")),
                (
                    "is_mobile_hidden",
                    models.BooleanField(
                        default=False, help_text="Only you and your coordinators see it", verbose_name="hide my work mobile"
                    ),
                ),
                (
                    "base_site",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.site",
                        verbose_name="base site",
                    ),
                ),
                ("full_time_equivalent", models.DecimalField(decimal_places=2, default=1, help_text="1 is full time", max_digits=3)),
                ("is_willing_to_help", models.BooleanField(default=False, verbose_name="willing to help other partners")),
                ("left_on", models.DateField(blank=True, help_text="The first day no longer in post", null=True)),
                ("anonymised_on", models.DateField(blank=True, editable=False, null=True)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="last confirmed")),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="last confirmed by",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["pgh_obj", "pgh_created_at", "pgh_id"], name="partners_st_pgh_obj_e99017_idx")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=APPEND_ONLY,
                            hash="992bf0cfd492b24c3b07f0bb15dfde8b12da5800",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_b7878",
                            table="partners_staffmemberevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=NEVER_EMPTIED,
                            hash="b335a54a06732b6ebf2bde01cf4de74202c96ff6",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_4a258",
                            table="partners_staffmemberevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CorrectionRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="correction_requests",
                        to="partners.staffmember",
                        verbose_name="person",
                    ),
                ),
                ("what", models.TextField(max_length=2000, verbose_name="what is wrong")),
                ("asked_at", models.DateTimeField(auto_now_add=True, verbose_name="asked")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Waiting for an answer"), ("done", "Put right"), ("declined", "Declined")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("answer", models.TextField(blank=True, max_length=2000)),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
            ],
            options={
                "verbose_name": "request for correction",
                "verbose_name_plural": "requests for correction",
                "ordering": ["-asked_at", "-pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at__isnull", True), ("state", "open")),
                            models.Q(("answered_at__isnull", False), ("state__in", ["done", "declined"])),
                            _connector="OR",
                        ),
                        name="partners_correctionrequest_answered_at_a_time",
                        violation_error_message="Say what came of the request",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("what", ""), _negated=True),
                        name="partners_correctionrequest_says_what_is_wrong",
                        violation_error_message="Say what is wrong",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "declined"), _negated=True), models.Q(("answer", ""), _negated=True), _connector="OR"
                        ),
                        name="partners_correctionrequest_declined_with_a_reason",
                        violation_error_message="Say why the record stays as it is",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=VERSION,
                            hash="f475419dc70184b2960c73fb95bc94609f087284",
                            operation="UPDATE",
                            pgid="pgtrigger_version_4c9dd",
                            table="partners_correctionrequest",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="closed_stays_closed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.\"state\" IN ('done', 'declined'))",
                            func="""
    RAISE EXCEPTION 'an answered request stays as it is'
        USING ERRCODE = 'integrity_constraint_violation',
              CONSTRAINT = 'partners_correctionrequest_closed_stays_closed';
""",
                            hash="4efd8c29ad93fc7660910bfe488f76935b6addf8",
                            operation="UPDATE",
                            pgid="pgtrigger_closed_stays_closed_8c248",
                            table="partners_correctionrequest",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "partners_correctionrequestevent" ("answer", "answered_at", "asked_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "staff_id", "state", "version", "what") VALUES (NEW."answer", NEW."answered_at", NEW."asked_at", NEW."id", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."staff_id", NEW."state", NEW."version", NEW."what"); RETURN NULL;""",
                            hash="6b6542eecb4949742e91346b079a51f1356e0160",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_483e6",
                            table="partners_correctionrequest",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func="""INSERT INTO "partners_correctionrequestevent" ("answer", "answered_at", "asked_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "staff_id", "state", "version", "what") VALUES (NEW."answer", NEW."answered_at", NEW."asked_at", NEW."id", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."staff_id", NEW."state", NEW."version", NEW."what"); RETURN NULL;""",
                            hash="459d2cd33bbb5e1c88b357b66bcacbcf80c59821",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_5a2d8",
                            table="partners_correctionrequest",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "partners_correctionrequestevent" ("answer", "answered_at", "asked_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "staff_id", "state", "version", "what") VALUES (OLD."answer", OLD."answered_at", OLD."asked_at", OLD."id", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."staff_id", OLD."state", OLD."version", OLD."what"); RETURN NULL;""",
                            hash="0857d3a7b351ec9ac84441b7b6851a33dc9b4e62",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_5d7c7",
                            table="partners_correctionrequest",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CorrectionRequestEvent",
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
                        to="partners.correctionrequest",
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
                    "staff",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.staffmember",
                        verbose_name="person",
                    ),
                ),
                ("what", models.TextField(max_length=2000, verbose_name="what is wrong")),
                ("asked_at", models.DateTimeField(auto_now_add=True, verbose_name="asked")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Waiting for an answer"), ("done", "Put right"), ("declined", "Declined")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("answer", models.TextField(blank=True, max_length=2000)),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=APPEND_ONLY,
                            hash="71404552357da0d2396211087cf7f835d4753c52",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_dcef2",
                            table="partners_correctionrequestevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=NEVER_EMPTIED,
                            hash="a97d8a8767068d37cff14d4a02322353cd6ce9f7",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_dbf07",
                            table="partners_correctionrequestevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Disclosure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="disclosures", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "kind",
                    models.CharField(choices=[("page", "Opened the person's page"), ("export", "Took a list away as CSV")], max_length=10),
                ),
                ("what", models.CharField(max_length=120)),
                ("filters", models.JSONField(blank=True, default=dict)),
                ("staff_ids", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
            ],
            options={
                "ordering": ["-at"],
                "indexes": [django.contrib.postgres.indexes.GinIndex(fields=["staff_ids"], name="disclosure_of_whom")],
            },
        ),
        migrations.CreateModel(
            name="UserEvent",
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
                        to=settings.AUTH_USER_MODEL,
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
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                ("date_joined", models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined")),
                (
                    "email",
                    models.EmailField(
                        error_messages={"unique": "There is already a login with this e-mail"}, max_length=254, verbose_name="work e-mail"
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
                            hash="609aa00d71be0dcd941854664ed3b7869c1d6a8e",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_ebf36",
                            table="partners_userevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=NEVER_EMPTIED,
                            hash="2d06d743b131fa105e510c56b9d4e27304e422fc",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_7ac8e",
                            table="partners_userevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="partners.staffmember",
                        verbose_name="person",
                    ),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="sent to")),
                ("digest", models.BinaryField(max_length=32, unique=True)),
                (
                    "message",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="post_office.email"
                    ),
                ),
                ("invited_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="invited")),
                (
                    "invited_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                ("expires_at", models.DateTimeField(default=partners.models.invitation.expiry, verbose_name="good until")),
                ("used_at", models.DateTimeField(blank=True, null=True, verbose_name="used")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn")),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-invited_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("used_at__isnull", True), ("withdrawn_at__isnull", True)),
                        fields=("staff",),
                        name="partners_invitation_one_at_a_time",
                        violation_error_message="Somebody invited this person meanwhile",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("used_at__isnull", True), ("withdrawn_at__isnull", True), _connector="OR"),
                        name="partners_invitation_used_or_withdrawn",
                        violation_error_message="What is used cannot be withdrawn",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("invited_at"))),
                        name="partners_invitation_good_for_a_time",
                        violation_error_message="An invitation is good for a time",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="closed_stays_closed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="""WHEN (OLD."used_at" IS NOT NULL OR OLD."withdrawn_at" IS NOT NULL)""",
                            func="""
    IF (NEW.staff_id, NEW.digest, NEW.expires_at, NEW.used_at, NEW.withdrawn_at)
       IS DISTINCT FROM
       (OLD.staff_id, OLD.digest, OLD.expires_at, OLD.used_at, OLD.withdrawn_at) THEN
        RAISE EXCEPTION 'a used or withdrawn invitation stays as it is'
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = 'partners_invitation_closed_stays_closed';
    END IF;
    RETURN NEW;
""",
                            hash="50e5cbf56abe584908617533a9090606840b6e34",
                            operation="UPDATE",
                            pgid="pgtrigger_closed_stays_closed_5d8c3",
                            table="partners_invitation",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("target", models.BigIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("running", "Running"), ("done", "Done"), ("failed", "Failed")],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("queued_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("held_until", models.DateTimeField(blank=True, null=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("error", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [models.Index(condition=models.Q(("state__in", ["waiting", "running"])), fields=["id"], name="job_to_be_done")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")),
                        fields=("kind", "target"),
                        name="partners_job_waits_once",
                        violation_error_message="This waits to be worked on already",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("done__lte", models.F("total")), ("total", 0), _connector="OR"),
                        name="partners_job_done_is_part_of_total",
                        violation_error_message="No more is done than there is to do",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "staff",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="reminders", to="partners.staffmember"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("asked", "Asked by a coordinator to confirm the record"),
                            ("unconfirmed", "Not confirmed for a year"),
                            ("certificate", "A certificate runs out"),
                            ("digest", "The month's figures of a partner"),
                            ("duty", "A duty comes up"),
                            ("ahead", "Duties of the next two weeks"),
                            ("gaps", "Gaps on the rotas"),
                            ("readiness", "What is not ready on the rotas"),
                            ("plan review", "A recovery plan is to be reviewed"),
                        ],
                        max_length=12,
                    ),
                ),
                ("occasion", models.CharField(max_length=80)),
                ("queued_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["-queued_at"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("staff", "kind", "occasion"),
                        name="partners_reminder_once_an_occasion",
                        violation_error_message="This reminder has been sent already",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Transfer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transfers",
                        to="partners.staffmember",
                        verbose_name="person",
                    ),
                ),
                (
                    "from_partner",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="transfers_away", to="partners.partner"),
                ),
                (
                    "to_partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transfers_here",
                        to="partners.partner",
                        verbose_name="new partner",
                    ),
                ),
                (
                    "begins_on",
                    models.DateField(
                        default=django.utils.timezone.localdate,
                        help_text="The person moves on that day, or when accepted if that is later",
                        verbose_name="first day there",
                    ),
                ),
                (
                    "note",
                    models.CharField(blank=True, help_text="What the new coordinator should know. The person can read it", max_length=500),
                ),
                ("answer", models.CharField(blank=True, help_text="Why, if you decline", max_length=500)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("released", "Waiting for an answer"),
                            ("accepted", "Accepted, waiting for the day"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
                            ("done", "Done"),
                        ],
                        default="released",
                        max_length=10,
                    ),
                ),
                ("released_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("answered_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("done_at", models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                "ordering": ["-released_at", "-pk"],
                "abstract": False,
                "indexes": [models.Index(fields=["from_partner"], name="transfer_away")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("released", "accepted"))),
                        fields=("staff",),
                        name="partners_transfer_one_open_a_person",
                        violation_error_message="A transfer of this person is open already: look at that one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("to_partner", models.F("from_partner")), _negated=True),
                        name="partners_transfer_to_another_partner",
                        violation_error_message="Choose another partner than the one the person is at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ("released", "accepted", "declined", "withdrawn", "done"))),
                        name="partners_transfer_state_is_known",
                        violation_error_message="Choose a state from the list",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at__isnull", False), ("state", "done")),
                            models.Q(models.Q(("state", "done"), _negated=True), ("done_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="partners_transfer_done_at_a_time",
                        violation_error_message="Say when the person moved",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=VERSION,
                            hash="5fc74c4d6f248f9fcba04eb7ab252eb26eaa6d88",
                            operation="UPDATE",
                            pgid="pgtrigger_version_42ca4",
                            table="partners_transfer",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="one_at_a_time",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=ONE_AT_A_TIME,
                            hash="d98eea479c0f8146988e25bcfb636b26a046a515",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_one_at_a_time_b40b7",
                            table="partners_transfer",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="person_is_theirs",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""
    IF NOT EXISTS (
        SELECT FROM partners_staffmember
        WHERE id = NEW.staff_id AND partner_id = NEW.from_partner_id
          AND (left_on IS NULL OR left_on > CURRENT_DATE)
    ) THEN
        RAISE EXCEPTION 'the person is not in post at the releasing partner'
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = 'partners_transfer_person_is_theirs';
    END IF;
    RETURN NEW;
""",
                            hash="afe0efa2ddaa9bb51f2be9f08139d6a3f87f9a1a",
                            operation="INSERT",
                            pgid="pgtrigger_person_is_theirs_ee2d3",
                            table="partners_transfer",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="closed_stays_closed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""
    IF OLD.state IN ('declined', 'withdrawn', 'done')
       OR (OLD.state = 'accepted' AND NEW.state IN ('released', 'declined'))
       OR to_jsonb(NEW) - '{state,answered_at,done_at,answer,version}'::text[]
          IS DISTINCT FROM
          to_jsonb(OLD) - '{state,answered_at,done_at,answer,version}'::text[] THEN
        RAISE EXCEPTION 'a transfer goes forward only'
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = 'partners_transfer_closed_stays_closed';
    END IF;
    RETURN NEW;
""",
                            hash="c1935e421de9f2a73573ddd30a7f55931642482f",
                            operation="UPDATE",
                            pgid="pgtrigger_closed_stays_closed_7d4bb",
                            table="partners_transfer",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "partners_transferevent" ("answer", "answered_at", "begins_on", "done_at", "from_partner_id", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "released_at", "staff_id", "state", "to_partner_id", "version") VALUES (NEW."answer", NEW."answered_at", NEW."begins_on", NEW."done_at", NEW."from_partner_id", NEW."id", NEW."note", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."released_at", NEW."staff_id", NEW."state", NEW."to_partner_id", NEW."version"); RETURN NULL;""",
                            hash="269a0921d01c2521159b2abdef6deb50158e82fb",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_56bf4",
                            table="partners_transfer",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func="""INSERT INTO "partners_transferevent" ("answer", "answered_at", "begins_on", "done_at", "from_partner_id", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "released_at", "staff_id", "state", "to_partner_id", "version") VALUES (NEW."answer", NEW."answered_at", NEW."begins_on", NEW."done_at", NEW."from_partner_id", NEW."id", NEW."note", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."released_at", NEW."staff_id", NEW."state", NEW."to_partner_id", NEW."version"); RETURN NULL;""",
                            hash="08f7ab8ccd3dec7026129fb1e5eab52bd2bc86e9",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_621d4",
                            table="partners_transfer",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "partners_transferevent" ("answer", "answered_at", "begins_on", "done_at", "from_partner_id", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "released_at", "staff_id", "state", "to_partner_id", "version") VALUES (OLD."answer", OLD."answered_at", OLD."begins_on", OLD."done_at", OLD."from_partner_id", OLD."id", OLD."note", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."released_at", OLD."staff_id", OLD."state", OLD."to_partner_id", OLD."version"); RETURN NULL;""",
                            hash="0d0c5c59d631b2d4dacb604e79f351d223d0869b",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_ea2c8",
                            table="partners_transfer",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TransferEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name="events", to="partners.transfer"
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
                    "staff",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.staffmember",
                        verbose_name="person",
                    ),
                ),
                (
                    "from_partner",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.partner",
                    ),
                ),
                (
                    "to_partner",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.partner",
                        verbose_name="new partner",
                    ),
                ),
                (
                    "begins_on",
                    models.DateField(
                        default=django.utils.timezone.localdate,
                        help_text="The person moves on that day, or when accepted if that is later",
                        verbose_name="first day there",
                    ),
                ),
                (
                    "note",
                    models.CharField(blank=True, help_text="What the new coordinator should know. The person can read it", max_length=500),
                ),
                ("answer", models.CharField(blank=True, help_text="Why, if you decline", max_length=500)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("released", "Waiting for an answer"),
                            ("accepted", "Accepted, waiting for the day"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
                            ("done", "Done"),
                        ],
                        default="released",
                        max_length=10,
                    ),
                ),
                ("released_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("answered_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("done_at", models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=APPEND_ONLY,
                            hash="dbc05fa10c6971c92ef80092bec707ccc72b8e02",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_1b0c1",
                            table="partners_transferevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=NEVER_EMPTIED,
                            hash="e5004e383225321f8e98607f1dc8fde30a463d73",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_db414",
                            table="partners_transferevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SecondFactorReset",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="second_factor_resets",
                        to="partners.staffmember",
                        verbose_name="person",
                    ),
                ),
                ("reason", models.CharField(max_length=500)),
                (
                    "reset_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="second_factors_reset", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("reset_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="reset")),
            ],
            options={
                "ordering": ["-reset_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="partners_secondfactorreset_has_a_reason",
                        violation_error_message="Say why the second factor is reset",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="closed_stays_closed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""
    RAISE EXCEPTION 'a reset stays as it was written down'
        USING ERRCODE = 'integrity_constraint_violation',
              CONSTRAINT = 'partners_secondfactorreset_closed_stays_closed';
""",
                            hash="55aad6692a39228edceacd06fdc8e87f893fe87d",
                            operation="UPDATE",
                            pgid="pgtrigger_closed_stays_closed_6d5da",
                            table="partners_secondfactorreset",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;""",
                            hash="db86cce9eb1ea6794215b2fd5690d270dc75d412",
                            operation="DELETE",
                            pgid="pgtrigger_never_deleted_7d041",
                            table="partners_secondfactorreset",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=NEVER_EMPTIED,
                            hash="c516523ddb38824163abd1eec83eb5d37b3d731e",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_66848",
                            table="partners_secondfactorreset",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
    ]
