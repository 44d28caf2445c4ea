import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
import pgtrigger.compiler
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

CLOSED_STAYS_DRAFT = """
    PERFORM FROM disaster_recovery_planedition
    WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.edition_id ELSE NEW.edition_id END
    FOR SHARE;
    IF (TG_OP = 'UPDATE' AND NEW.edition_id <> OLD.edition_id) OR EXISTS (
        SELECT FROM disaster_recovery_planedition
        WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.edition_id
                        ELSE NEW.edition_id END
          AND state <> 'draft'
    ) THEN
        RAISE EXCEPTION 'only a draft is changed'
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = 'disaster_recovery_planobject_only_drafts_change';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""

NAMES_THE_EDITOR = """
    INSERT INTO disaster_recovery_planeditor (edition_id, user_id, first_at)
    VALUES (NEW.edition_id, NEW.edited_by_id, now())
    ON CONFLICT (edition_id, user_id) DO NOTHING;
    RETURN NULL;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [("partners", "0001_organisations_and_people"), ("pghistory", "0007_auto_20250421_0444")]

    operations = [
        migrations.CreateModel(
            name="GenericVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("state", models.CharField(choices=[("draft", "Draft"), ("published", "Published")], default="draft", max_length=10)),
                ("major", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("minor", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("patch", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "based_on",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="disaster_recovery.genericversion",
                    ),
                ),
                ("release_notes", models.TextField(blank=True, max_length=20000)),
                ("supersedes", models.JSONField(blank=True, default=dict)),
                ("fingerprint", models.CharField(blank=True, editable=False, max_length=64)),
                ("started_at", models.DateTimeField(auto_now_add=True, verbose_name="started")),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="published")),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "version of the generic plan",
                "verbose_name_plural": "versions of the generic plan",
                "ordering": ["-major", "-minor", "-patch", "-pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("major", "minor", "patch"),
                        name="disaster_recovery_genericversion_number_is_unique",
                        violation_error_message="There is already a version with this number: choose a higher one",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "draft")),
                        fields=("state",),
                        name="disaster_recovery_genericversion_one_draft",
                        violation_error_message="There is already a draft of the next version: continue that one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("fingerprint", ""),
                                ("major__isnull", True),
                                ("minor__isnull", True),
                                ("patch__isnull", True),
                                ("published_at__isnull", True),
                                ("state", "draft"),
                            ),
                            models.Q(
                                ("fingerprint__regex", "^[0-9a-f]{64}$"),
                                ("major__isnull", False),
                                ("minor__isnull", False),
                                ("patch__isnull", False),
                                ("published_at__isnull", False),
                                ("state", "published"),
                                models.Q(("release_notes", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="disaster_recovery_genericversion_published_with_a_number",
                        violation_error_message="A published version needs a number, notes, time and fingerprint",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.Exact(
                                models.Func(models.F("supersedes"), function="jsonb_typeof", output_field=models.TextField()),
                                models.Value("object"),
                            )
                        ),
                        name="disaster_recovery_genericversion_supersedes_by_key",
                        violation_error_message="Say which section replaces which",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=VERSION,
                            hash="815b4185df4accae30c7734087bedc355f86eb11",
                            operation="UPDATE",
                            pgid="pgtrigger_version_8f7ad",
                            table="disaster_recovery_genericversion",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="published_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.\"state\" = 'published')",
                            func="""
    RAISE EXCEPTION 'a published version stays as it is'
        USING ERRCODE = 'integrity_constraint_violation',
              CONSTRAINT = 'disaster_recovery_genericversion_published_stays';
""",
                            hash="57cf58bd186d7c1a756a1a5af137dddd8d8676ef",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_published_stays_348ce",
                            table="disaster_recovery_genericversion",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "disaster_recovery_genericversionevent" ("based_on_id", "fingerprint", "id", "major", "minor", "patch", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "release_notes", "started_at", "state", "supersedes", "version") VALUES (NEW."based_on_id", NEW."fingerprint", NEW."id", NEW."major", NEW."minor", NEW."patch", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."published_at", NEW."published_by_id", NEW."release_notes", NEW."started_at", NEW."state", NEW."supersedes", NEW."version"); RETURN NULL;""",
                            hash="ff1b7e5c3b57bc4ce2ea755337c886f2cae5834f",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_33898",
                            table="disaster_recovery_genericversion",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func="""INSERT INTO "disaster_recovery_genericversionevent" ("based_on_id", "fingerprint", "id", "major", "minor", "patch", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "release_notes", "started_at", "state", "supersedes", "version") VALUES (NEW."based_on_id", NEW."fingerprint", NEW."id", NEW."major", NEW."minor", NEW."patch", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."published_at", NEW."published_by_id", NEW."release_notes", NEW."started_at", NEW."state", NEW."supersedes", NEW."version"); RETURN NULL;""",
                            hash="5c5404c006e43616a1fdd329ac0e6bb1193a5882",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_db399",
                            table="disaster_recovery_genericversion",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "disaster_recovery_genericversionevent" ("based_on_id", "fingerprint", "id", "major", "minor", "patch", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "release_notes", "started_at", "state", "supersedes", "version") VALUES (OLD."based_on_id", OLD."fingerprint", OLD."id", OLD."major", OLD."minor", OLD."patch", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."published_at", OLD."published_by_id", OLD."release_notes", OLD."started_at", OLD."state", OLD."supersedes", OLD."version"); RETURN NULL;""",
                            hash="43d0df62b21d918dc2067b534b006cb3f7a23a11",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_96d3e",
                            table="disaster_recovery_genericversion",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GenericVersionEvent",
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
                        to="disaster_recovery.genericversion",
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
                ("state", models.CharField(choices=[("draft", "Draft"), ("published", "Published")], default="draft", max_length=10)),
                ("major", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("minor", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("patch", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "based_on",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="disaster_recovery.genericversion",
                    ),
                ),
                ("release_notes", models.TextField(blank=True, max_length=20000)),
                ("supersedes", models.JSONField(blank=True, default=dict)),
                ("fingerprint", models.CharField(blank=True, editable=False, max_length=64)),
                ("started_at", models.DateTimeField(auto_now_add=True, verbose_name="started")),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="published")),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                            hash="23dcef937e35df5878c5ffe3690b6e76737e3075",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_d4085",
                            table="disaster_recovery_genericversionevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=NEVER_EMPTIED,
                            hash="6c586d823d16300789df435d61f364bdfab9e389",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_2e42c",
                            table="disaster_recovery_genericversionevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GenericObject",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "generic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contents",
                        to="disaster_recovery.genericversion",
                        verbose_name="version",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("section", "Section"), ("service", "Service or system"), ("task", "Task"), ("parameter", "Parameter")],
                        max_length=10,
                    ),
                ),
                ("key", models.CharField(max_length=60)),
                ("position", models.PositiveIntegerField(default=0)),
                ("fields", models.JSONField(default=dict)),
            ],
            options={
                "verbose_name": "part of the generic plan",
                "verbose_name_plural": "parts of the generic plan",
                "ordering": ["generic", "kind", "position", "key"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("generic", "kind", "key"),
                        name="disaster_recovery_genericobject_key_is_unique",
                        violation_error_message="Something of this kind already has that key: choose another key",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["section", "service", "task", "parameter"])),
                        name="disaster_recovery_genericobject_kind_is_known",
                        violation_error_message="Choose the kind from the list",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("key__regex", "^[a-z][a-z0-9_-]{0,59}$")),
                        name="disaster_recovery_genericobject_key_is_plain",
                        violation_error_message="Write the key in small letters, digits, hyphens and underscores, beginning with a letter",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.Exact(
                                models.Func(models.F("fields"), function="jsonb_typeof", output_field=models.TextField()),
                                models.Value("object"),
                            ),
                            ("fields__has_key", "title"),
                        ),
                        name="disaster_recovery_genericobject_has_a_title",
                        violation_error_message="Enter a title",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=VERSION,
                            hash="882870f66b58b20afabfe9e844efed9d1139326e",
                            operation="UPDATE",
                            pgid="pgtrigger_version_89877",
                            table="disaster_recovery_genericobject",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="published_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""
    PERFORM FROM disaster_recovery_genericversion
    WHERE id IN (CASE WHEN TG_OP <> 'INSERT' THEN OLD.generic_id END,
                 CASE WHEN TG_OP <> 'DELETE' THEN NEW.generic_id END)
    FOR SHARE;
    IF EXISTS (
        SELECT FROM disaster_recovery_genericversion
        WHERE id IN (CASE WHEN TG_OP <> 'INSERT' THEN OLD.generic_id END,
                     CASE WHEN TG_OP <> 'DELETE' THEN NEW.generic_id END)
          AND state = 'published'
    ) THEN
        RAISE EXCEPTION 'a published version stays as it is'
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = 'disaster_recovery_genericobject_published_stays';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
""",
                            hash="d71a4c785b4f3150ac99cc49cc0e0e8db760fa85",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_published_stays_e3417",
                            table="disaster_recovery_genericobject",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "disaster_recovery_genericobjectevent" ("fields", "generic_id", "id", "key", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "version") VALUES (NEW."fields", NEW."generic_id", NEW."id", NEW."key", NEW."kind", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."position", NEW."version"); RETURN NULL;""",
                            hash="7a513c01e75ec3f67058228f7c7960b57801990f",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_52a1e",
                            table="disaster_recovery_genericobject",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func="""INSERT INTO "disaster_recovery_genericobjectevent" ("fields", "generic_id", "id", "key", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "version") VALUES (NEW."fields", NEW."generic_id", NEW."id", NEW."key", NEW."kind", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."position", NEW."version"); RETURN NULL;""",
                            hash="ac47df2411ec6f42a587060ff69b580480190347",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_6a51b",
                            table="disaster_recovery_genericobject",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "disaster_recovery_genericobjectevent" ("fields", "generic_id", "id", "key", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "version") VALUES (OLD."fields", OLD."generic_id", OLD."id", OLD."key", OLD."kind", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."position", OLD."version"); RETURN NULL;""",
                            hash="b2ae248762656ccc51b70fb2005d0dd693e8221c",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_a28b3",
                            table="disaster_recovery_genericobject",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GenericObjectEvent",
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
                        to="disaster_recovery.genericobject",
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
                    "generic",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="disaster_recovery.genericversion",
                        verbose_name="version",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("section", "Section"), ("service", "Service or system"), ("task", "Task"), ("parameter", "Parameter")],
                        max_length=10,
                    ),
                ),
                ("key", models.CharField(max_length=60)),
                ("position", models.PositiveIntegerField(default=0)),
                ("fields", models.JSONField(default=dict)),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["generic", "pgh_created_at", "pgh_id"], name="disaster_re_generic_74d572_idx")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=APPEND_ONLY,
                            hash="1a9ceae9c6fae5faa94f17d99eb0ee369552c977",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_6c427",
                            table="disaster_recovery_genericobjectevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=NEVER_EMPTIED,
                            hash="24bf9127cc2f3186e4faafe5011967d8807ab7f9",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_4f9ab",
                            table="disaster_recovery_genericobjectevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "partner",
                    models.OneToOneField(
                        error_messages={"unique": "This partner already has a plan: continue that one"},
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plan",
                        to="partners.partner",
                    ),
                ),
                ("started_at", models.DateTimeField(auto_now_add=True, verbose_name="started")),
            ],
            options={
                "ordering": ["partner"],
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=VERSION,
                            hash="33ca1a2d7986266095729f5fbed7aac4c2678019",
                            operation="UPDATE",
                            pgid="pgtrigger_version_a099a",
                            table="disaster_recovery_plan",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "disaster_recovery_planevent" ("id", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "started_at", "version") VALUES (NEW."id", NEW."partner_id", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."started_at", NEW."version"); RETURN NULL;""",
                            hash="251e24ed5cef60c62cc88ae9522d2f25c888fde4",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_cb353",
                            table="disaster_recovery_plan",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func="""INSERT INTO "disaster_recovery_planevent" ("id", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "started_at", "version") VALUES (NEW."id", NEW."partner_id", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."started_at", NEW."version"); RETURN NULL;""",
                            hash="e488bc06e9946e2791ca947a1ed83ac5f209c862",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_fe72c",
                            table="disaster_recovery_plan",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "disaster_recovery_planevent" ("id", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "started_at", "version") VALUES (OLD."id", OLD."partner_id", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."started_at", OLD."version"); RETURN NULL;""",
                            hash="b7d0a0db1a88825afae64076b8199416ff9cf9d5",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_93049",
                            table="disaster_recovery_plan",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanEvent",
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
                        to="disaster_recovery.plan",
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
                        error_messages={"unique": "This partner already has a plan: continue that one"},
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.partner",
                    ),
                ),
                ("started_at", models.DateTimeField(auto_now_add=True, verbose_name="started")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=APPEND_ONLY,
                            hash="e733d7a3de3e55f8971a3ca6cf276662e928d707",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_13d7b",
                            table="disaster_recovery_planevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=NEVER_EMPTIED,
                            hash="98ab7b8115a5c4e6e4cba383e9eace42ae99aec9",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_016e3",
                            table="disaster_recovery_planevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanEdition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "plan",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="editions", to="disaster_recovery.plan"),
                ),
                ("number", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("in review", "In review"), ("approved", "Approved"), ("superseded", "Superseded")],
                        default="draft",
                        max_length=10,
                    ),
                ),
                (
                    "generic",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="editions",
                        to="disaster_recovery.genericversion",
                        verbose_name="generic version",
                    ),
                ),
                ("started_at", models.DateTimeField(auto_now_add=True, verbose_name="started")),
                (
                    "started_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="sent for review")),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "approver",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("answer", models.TextField(blank=True, max_length=2000, verbose_name="what to change")),
                ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved")),
                ("review_on", models.DateField(blank=True, null=True, verbose_name="review date")),
                ("superseded_at", models.DateTimeField(blank=True, null=True, verbose_name="superseded")),
                ("fingerprint", models.CharField(blank=True, editable=False, max_length=64)),
            ],
            options={
                "verbose_name": "edition of a plan",
                "verbose_name_plural": "editions of plans",
                "ordering": ["plan", "-number"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("plan", "number"),
                        name="disaster_recovery_planedition_number_is_unique",
                        violation_error_message="There is already an edition with this number",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("draft", "in review"))),
                        fields=("plan",),
                        name="disaster_recovery_planedition_one_open_a_plan",
                        violation_error_message="There is already a draft of this plan: continue that one",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "approved")),
                        fields=("plan",),
                        name="disaster_recovery_planedition_one_in_force_a_plan",
                        violation_error_message="Somebody else has approved another edition: look at that one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "draft"),
                            models.Q(("approver__isnull", False), ("submitted_at__isnull", False), ("submitted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="disaster_recovery_planedition_review_by_somebody",
                        violation_error_message="Choose who is to approve the plan",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_at__isnull", True), ("state__in", ("draft", "in review"))),
                            models.Q(
                                ("approved_at__isnull", False),
                                ("fingerprint__regex", "^[0-9a-f]{64}$"),
                                ("review_on__isnull", False),
                                ("state__in", ("approved", "superseded")),
                            ),
                            _connector="OR",
                        ),
                        name="disaster_recovery_planedition_approved_at_a_time",
                        violation_error_message="An approved plan needs an approval time and a review date",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "draft"), models.Q(("approver", models.F("submitted_by")), _negated=True), _connector="OR"
                        ),
                        name="disaster_recovery_planedition_four_eyes",
                        violation_error_message="The approver must be somebody other than the person who sends it",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=VERSION,
                            hash="801fdfcb71c1cf835522eae492276d5d6d2b9ad2",
                            operation="UPDATE",
                            pgid="pgtrigger_version_2a887",
                            table="disaster_recovery_planedition",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="approved_by_another",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.\"state\" IN ('in review', 'approved'))",
                            func="""
    IF EXISTS (
        SELECT FROM disaster_recovery_planeditor
        WHERE edition_id = NEW.id AND user_id = NEW.approver_id
    ) THEN
        RAISE EXCEPTION 'who approves has not edited'
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = 'disaster_recovery_planedition_approved_by_another';
    END IF;
    RETURN NEW;
""",
                            hash="a3bc6ad789c052a1c1ea7c1b7eb3e798910ba5d0",
                            operation="UPDATE",
                            pgid="pgtrigger_approved_by_another_6fcba",
                            table="disaster_recovery_planedition",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="closed_stays_approved",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.\"state\" IN ('approved', 'superseded'))",
                            func="""
    IF TG_OP = 'UPDATE' AND OLD.state = 'approved' AND NEW.state = 'superseded'
       AND to_jsonb(NEW) - '{state,superseded_at,version}'::text[]
           IS NOT DISTINCT FROM
           to_jsonb(OLD) - '{state,superseded_at,version}'::text[] THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'an approved edition stays as it is'
        USING ERRCODE = 'integrity_constraint_violation',
              CONSTRAINT = 'disaster_recovery_planedition_approved_stays';
""",
                            hash="b05a4a422ec3631970c3c67b77baa79258ceb7b9",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_closed_stays_approved_f445a",
                            table="disaster_recovery_planedition",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="goes_forward",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."state" IS DISTINCT FROM (NEW."state"))',
                            func="""
    IF (OLD.state, NEW.state) NOT IN (
        ('draft', 'in review'), ('in review', 'draft'), ('in review', 'approved'),
        ('approved', 'superseded')
    ) THEN
        RAISE EXCEPTION 'an edition goes from draft to review to approval'
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = 'disaster_recovery_planedition_goes_forward';
    END IF;
    RETURN NEW;
""",
                            hash="5e6f517b99b7cb6d9067d805cb19adaf3786d177",
                            operation="UPDATE",
                            pgid="pgtrigger_goes_forward_9c707",
                            table="disaster_recovery_planedition",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "disaster_recovery_planeditionevent" ("answer", "approved_at", "approver_id", "fingerprint", "generic_id", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "review_on", "started_at", "started_by_id", "state", "submitted_at", "submitted_by_id", "superseded_at", "version") VALUES (NEW."answer", NEW."approved_at", NEW."approver_id", NEW."fingerprint", NEW."generic_id", NEW."id", NEW."number", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."plan_id", NEW."review_on", NEW."started_at", NEW."started_by_id", NEW."state", NEW."submitted_at", NEW."submitted_by_id", NEW."superseded_at", NEW."version"); RETURN NULL;""",
                            hash="1379fcb7d0b97168f7436cbac0c711717983c60c",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_7f383",
                            table="disaster_recovery_planedition",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func="""INSERT INTO "disaster_recovery_planeditionevent" ("answer", "approved_at", "approver_id", "fingerprint", "generic_id", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "review_on", "started_at", "started_by_id", "state", "submitted_at", "submitted_by_id", "superseded_at", "version") VALUES (NEW."answer", NEW."approved_at", NEW."approver_id", NEW."fingerprint", NEW."generic_id", NEW."id", NEW."number", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."plan_id", NEW."review_on", NEW."started_at", NEW."started_by_id", NEW."state", NEW."submitted_at", NEW."submitted_by_id", NEW."superseded_at", NEW."version"); RETURN NULL;""",
                            hash="0fe059f4232e7dedc495bb28c92f7f9c6f2a5b9c",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_84129",
                            table="disaster_recovery_planedition",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "disaster_recovery_planeditionevent" ("answer", "approved_at", "approver_id", "fingerprint", "generic_id", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "review_on", "started_at", "started_by_id", "state", "submitted_at", "submitted_by_id", "superseded_at", "version") VALUES (OLD."answer", OLD."approved_at", OLD."approver_id", OLD."fingerprint", OLD."generic_id", OLD."id", OLD."number", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."plan_id", OLD."review_on", OLD."started_at", OLD."started_by_id", OLD."state", OLD."submitted_at", OLD."submitted_by_id", OLD."superseded_at", OLD."version"); RETURN NULL;""",
                            hash="f79eda6abf9c608640e219d5fcaf0b8898843747",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_19d40",
                            table="disaster_recovery_planedition",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanEditionEvent",
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
                        to="disaster_recovery.planedition",
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
                    "plan",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="disaster_recovery.plan",
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("in review", "In review"), ("approved", "Approved"), ("superseded", "Superseded")],
                        default="draft",
                        max_length=10,
                    ),
                ),
                (
                    "generic",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="disaster_recovery.genericversion",
                        verbose_name="generic version",
                    ),
                ),
                ("started_at", models.DateTimeField(auto_now_add=True, verbose_name="started")),
                (
                    "started_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="sent for review")),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "approver",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("answer", models.TextField(blank=True, max_length=2000, verbose_name="what to change")),
                ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved")),
                ("review_on", models.DateField(blank=True, null=True, verbose_name="review date")),
                ("superseded_at", models.DateTimeField(blank=True, null=True, verbose_name="superseded")),
                ("fingerprint", models.CharField(blank=True, editable=False, max_length=64)),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=APPEND_ONLY,
                            hash="9f0a9088415d334a3ac62d9f97e2df250c1f8086",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_8d3ea",
                            table="disaster_recovery_planeditionevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=NEVER_EMPTIED,
                            hash="c6155516b0d778ca7dcc875aab6bb6619ab29df2",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_37818",
                            table="disaster_recovery_planeditionevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanEditor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="editors", to="disaster_recovery.planedition"
                    ),
                ),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("first_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="first change")),
            ],
            options={
                "ordering": ["first_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edition", "user"),
                        name="disaster_recovery_planeditor_once_an_edition",
                        violation_error_message="This person is already listed",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanObject",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="contents", to="disaster_recovery.planedition"
                    ),
                ),
                (
                    "kind",
                    models.CharField(choices=[("section", "Section"), ("service", "Service or system"), ("task", "Task")], max_length=10),
                ),
                ("key", models.CharField(max_length=60)),
                ("position", models.PositiveIntegerField(default=0)),
                (
                    "base",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="disaster_recovery.genericversion",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("inherited", "As in the generic plan"),
                            ("adapted", "Adapted"),
                            ("ours", "Our own"),
                            ("removed", "Removed"),
                            ("not applicable", "Not applicable"),
                        ],
                        default="inherited",
                        max_length=14,
                    ),
                ),
                ("fields", models.JSONField(blank=True, default=dict)),
                ("addendum", models.TextField(blank=True, max_length=60000)),
                ("reason", models.CharField(blank=True, max_length=500)),
                (
                    "is_settled",
                    models.BooleanField(
                        default=False, help_text="Somebody at the partner has read it and says that it is right", verbose_name="checked"
                    ),
                ),
                (
                    "edited_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "part of a plan",
                "verbose_name_plural": "parts of plans",
                "ordering": ["edition", "kind", "position", "key"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edition", "kind", "key"),
                        name="disaster_recovery_planobject_key_is_unique",
                        violation_error_message="Something of this kind already has that key: choose another key",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["section", "service", "task"])),
                        name="disaster_recovery_planobject_kind_is_known",
                        violation_error_message="Choose the kind from the list",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("key__regex", "^[a-z][a-z0-9_-]{0,59}$")),
                        name="disaster_recovery_planobject_key_is_plain",
                        violation_error_message="Write the key in small letters, digits, hyphens and underscores, beginning with a letter",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("addendum", ""), ("fields", {}), ("state", "inherited")),
                            models.Q(("state", "adapted"), models.Q(("addendum", ""), ("fields", {}), _negated=True)),
                            models.Q(("fields__has_key", "title"), ("state", "ours")),
                            ("state__in", ("removed", "not applicable")),
                            _connector="OR",
                        ),
                        name="disaster_recovery_planobject_state_fits_fields",
                        violation_error_message="Only a part with own text is adapted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("base__isnull", False),
                            models.Q(("fields__has_key", "title"), ("state__in", ("ours", "removed"))),
                            _connector="OR",
                        ),
                        name="disaster_recovery_planobject_base_or_ours",
                        violation_error_message="Only your own parts have no base",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("state", "ours"), _negated=True), ("base__isnull", True), _connector="OR"),
                        name="disaster_recovery_planobject_ours_has_no_base",
                        violation_error_message="Your own parts have no base",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("removed", "not applicable")), models.Q(("reason", ""), _negated=True)),
                            models.Q(("reason", ""), ("state__in", ("inherited", "adapted", "ours"))),
                            _connector="OR",
                        ),
                        name="disaster_recovery_planobject_left_out_for_a_reason",
                        violation_error_message="Say why it is left out of the plan",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.Exact(
                                models.Func(models.F("fields"), function="jsonb_typeof", output_field=models.TextField()),
                                models.Value("object"),
                            ),
                            models.Q(
                                ("base__isnull", True), models.Q(("fields__has_any_keys", ["is_mandatory"]), _negated=True), _connector="OR"
                            ),
                        ),
                        name="disaster_recovery_planobject_changes_what_may_be",
                        violation_error_message="Only the generic plan says whether every partner needs a section",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=VERSION,
                            hash="638dc7793e940367b6c875b39a0dd428e4759e5f",
                            operation="UPDATE",
                            pgid="pgtrigger_version_94fac",
                            table="disaster_recovery_planobject",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="base_has_it",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (NEW."base_id" IS NOT NULL)',
                            func="""
    IF NOT EXISTS (
        SELECT FROM disaster_recovery_genericobject o
        JOIN disaster_recovery_genericversion v ON v.id = o.generic_id
        WHERE o.generic_id = NEW.base_id AND o.kind = NEW.kind AND o.key = NEW.key
          AND v.state = 'published'
    ) THEN
        RAISE EXCEPTION 'no such object in the published base'
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = 'disaster_recovery_planobject_base_has_it';
    END IF;
    IF NEW.state = 'removed' AND EXISTS (
        SELECT FROM disaster_recovery_genericobject
        WHERE generic_id = NEW.base_id AND kind = NEW.kind AND key = NEW.key
          AND fields @> '{"is_mandatory": true}'
    ) THEN
        RAISE EXCEPTION 'every partner needs this section'
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = 'disaster_recovery_planobject_mandatory_stays';
    END IF;
    RETURN NEW;
""",
                            hash="1e1ddeafc32dbf9b944254025c715682b571374f",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_base_has_it_06cef",
                            table="disaster_recovery_planobject",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="closed_stays_draft",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=CLOSED_STAYS_DRAFT,
                            hash="c7c8f7672b6a33e4222545f2d9e297a1ed8d7dc9",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_closed_stays_draft_d8bcb",
                            table="disaster_recovery_planobject",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="names_the_editor",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (NEW."edited_by_id" IS NOT NULL)',
                            func=NAMES_THE_EDITOR,
                            hash="05f971e51b2c90e2f35612e6841cedeaf8e59844",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_names_the_editor_f9b61",
                            table="disaster_recovery_planobject",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "disaster_recovery_planobjectevent" ("addendum", "base_id", "edited_by_id", "edition_id", "fields", "id", "is_settled", "key", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "reason", "state", "version") VALUES (NEW."addendum", NEW."base_id", NEW."edited_by_id", NEW."edition_id", NEW."fields", NEW."id", NEW."is_settled", NEW."key", NEW."kind", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."position", NEW."reason", NEW."state", NEW."version"); RETURN NULL;""",
                            hash="a00d11870dc3acfd6cde5af3cdbd47bb2a950e3b",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_57e42",
                            table="disaster_recovery_planobject",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func="""INSERT INTO "disaster_recovery_planobjectevent" ("addendum", "base_id", "edited_by_id", "edition_id", "fields", "id", "is_settled", "key", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "reason", "state", "version") VALUES (NEW."addendum", NEW."base_id", NEW."edited_by_id", NEW."edition_id", NEW."fields", NEW."id", NEW."is_settled", NEW."key", NEW."kind", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."position", NEW."reason", NEW."state", NEW."version"); RETURN NULL;""",
                            hash="00291fb3728d9ecbab94038d1a24a0618e8668aa",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_7d96b",
                            table="disaster_recovery_planobject",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "disaster_recovery_planobjectevent" ("addendum", "base_id", "edited_by_id", "edition_id", "fields", "id", "is_settled", "key", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "reason", "state", "version") VALUES (OLD."addendum", OLD."base_id", OLD."edited_by_id", OLD."edition_id", OLD."fields", OLD."id", OLD."is_settled", OLD."key", OLD."kind", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."position", OLD."reason", OLD."state", OLD."version"); RETURN NULL;""",
                            hash="1b8a601ec144b300c2537b383598208b63d77637",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_7912b",
                            table="disaster_recovery_planobject",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanObjectEvent",
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
                        to="disaster_recovery.planobject",
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
                    "edition",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="disaster_recovery.planedition",
                    ),
                ),
                (
                    "kind",
                    models.CharField(choices=[("section", "Section"), ("service", "Service or system"), ("task", "Task")], max_length=10),
                ),
                ("key", models.CharField(max_length=60)),
                ("position", models.PositiveIntegerField(default=0)),
                (
                    "base",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="disaster_recovery.genericversion",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("inherited", "As in the generic plan"),
                            ("adapted", "Adapted"),
                            ("ours", "Our own"),
                            ("removed", "Removed"),
                            ("not applicable", "Not applicable"),
                        ],
                        default="inherited",
                        max_length=14,
                    ),
                ),
                ("fields", models.JSONField(blank=True, default=dict)),
                ("addendum", models.TextField(blank=True, max_length=60000)),
                ("reason", models.CharField(blank=True, max_length=500)),
                (
                    "is_settled",
                    models.BooleanField(
                        default=False, help_text="Somebody at the partner has read it and says that it is right", verbose_name="checked"
                    ),
                ),
                (
                    "edited_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["edition", "pgh_created_at", "pgh_id"], name="disaster_re_edition_3e34a0_idx")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=APPEND_ONLY,
                            hash="6ee1729f2caec1855ba8b21ecd0b019f4e7a4539",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_ed125",
                            table="disaster_recovery_planobjectevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=NEVER_EMPTIED,
                            hash="7d386bcdbf34cdfa07f5cdaefeb4ce317847b9dd",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_b71f7",
                            table="disaster_recovery_planobjectevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanParameter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="parameters", to="disaster_recovery.planedition"
                    ),
                ),
                ("key", models.CharField(max_length=60)),
                ("value", models.TextField(max_length=4000)),
                (
                    "edited_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "detail of a plan",
                "verbose_name_plural": "details of plans",
                "ordering": ["edition", "key"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edition", "key"),
                        name="disaster_recovery_planparameter_key_is_unique",
                        violation_error_message="This detail already has a value",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("key__regex", "^[a-z][a-z0-9_-]{0,59}$")),
                        name="disaster_recovery_planparameter_key_is_plain",
                        violation_error_message="Choose a detail from the list",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("value", ""), _negated=True),
                        name="disaster_recovery_planparameter_says_something",
                        violation_error_message="Enter a value, or remove the detail",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=VERSION,
                            hash="ea50c70249d6a6da51c71a03952cd8fabcb424be",
                            operation="UPDATE",
                            pgid="pgtrigger_version_d61a0",
                            table="disaster_recovery_planparameter",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="closed_stays_draft",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=CLOSED_STAYS_DRAFT,
                            hash="e37541c889b26fc8c0773f8c26cb96f5e9345cd7",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_closed_stays_draft_1b633",
                            table="disaster_recovery_planparameter",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="names_the_editor",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (NEW."edited_by_id" IS NOT NULL)',
                            func=NAMES_THE_EDITOR,
                            hash="95bd541ad1f144e437b6e9a2ce83fbe0150f2907",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_names_the_editor_4930e",
                            table="disaster_recovery_planparameter",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "disaster_recovery_planparameterevent" ("edited_by_id", "edition_id", "id", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "value", "version") VALUES (NEW."edited_by_id", NEW."edition_id", NEW."id", NEW."key", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."value", NEW."version"); RETURN NULL;""",
                            hash="0a90006eca2279f6f4dc42ae318260fb929a9b6f",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_54d24",
                            table="disaster_recovery_planparameter",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func="""INSERT INTO "disaster_recovery_planparameterevent" ("edited_by_id", "edition_id", "id", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "value", "version") VALUES (NEW."edited_by_id", NEW."edition_id", NEW."id", NEW."key", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."value", NEW."version"); RETURN NULL;""",
                            hash="688c65f234ccf9adcc60503d96d467fa2c79afd7",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_6c28e",
                            table="disaster_recovery_planparameter",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "disaster_recovery_planparameterevent" ("edited_by_id", "edition_id", "id", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "value", "version") VALUES (OLD."edited_by_id", OLD."edition_id", OLD."id", OLD."key", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."value", OLD."version"); RETURN NULL;""",
                            hash="ddcc5b60f14d779f04b5a3b578d24927de20aa62",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_b66a7",
                            table="disaster_recovery_planparameter",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanParameterEvent",
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
                        to="disaster_recovery.planparameter",
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
                    "edition",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="disaster_recovery.planedition",
                    ),
                ),
                ("key", models.CharField(max_length=60)),
                ("value", models.TextField(max_length=4000)),
                (
                    "edited_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["edition", "pgh_created_at", "pgh_id"], name="disaster_re_edition_091f0a_idx")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=APPEND_ONLY,
                            hash="3432430294d8e5b8d6c88174c48b1035583e4fd1",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_04036",
                            table="disaster_recovery_planparameterevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=NEVER_EMPTIED,
                            hash="bd49b17f8f0bccd7138f5d4a9a4bedc915626155",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_80045",
                            table="disaster_recovery_planparameterevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Offer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("partner", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="offers", to="partners.partner")),
                (
                    "kind",
                    models.CharField(choices=[("section", "Section"), ("service", "Service or system"), ("task", "Task")], max_length=10),
                ),
                ("key", models.CharField(max_length=60)),
                (
                    "base",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="disaster_recovery.genericversion",
                    ),
                ),
                ("fields", models.JSONField(default=dict)),
                ("why", models.TextField(max_length=2000, verbose_name="what is better")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("offered", "Waiting for the partnership coordinator"),
                            ("accepted", "Added to the generic plan"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn by the partner"),
                        ],
                        default="offered",
                        max_length=10,
                    ),
                ),
                (
                    "offered_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                ("offered_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="offered")),
                ("answer", models.TextField(blank=True, max_length=2000)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
                (
                    "taken_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="credits",
                        to="disaster_recovery.genericversion",
                        verbose_name="added to",
                    ),
                ),
                ("taken_as", models.CharField(blank=True, max_length=60)),
            ],
            options={
                "ordering": ["-offered_at", "-pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "offered")),
                        fields=("partner", "kind", "key"),
                        name="disaster_recovery_offer_one_open_an_object",
                        violation_error_message="You have already offered this and are waiting for an answer: withdraw that offer first",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["section", "service", "task"])),
                        name="disaster_recovery_offer_kind_is_known",
                        violation_error_message="Choose the kind from the list",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("key__regex", "^[a-z][a-z0-9_-]{0,59}$")),
                        name="disaster_recovery_offer_key_is_plain",
                        violation_error_message="Write the key in small letters, digits, hyphens and underscores, beginning with a letter",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.Exact(
                                models.Func(models.F("fields"), function="jsonb_typeof", output_field=models.TextField()),
                                models.Value("object"),
                            ),
                            ("fields__has_key", "title"),
                        ),
                        name="disaster_recovery_offer_has_a_title",
                        violation_error_message="Enter a title",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("why", ""), _negated=True),
                        name="disaster_recovery_offer_says_what_is_better",
                        violation_error_message="Say what is better in your version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", True), ("state__in", ("offered", "withdrawn"))),
                            models.Q(
                                ("answered_at__isnull", False), ("answered_by__isnull", False), ("state__in", ("accepted", "declined"))
                            ),
                            _connector="OR",
                        ),
                        name="disaster_recovery_offer_answered_by_somebody",
                        violation_error_message="Accept or decline the offer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "declined"), _negated=True), models.Q(("answer", ""), _negated=True), _connector="OR"
                        ),
                        name="disaster_recovery_offer_declined_for_a_reason",
                        violation_error_message="Say why you decline the offer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "accepted"), ("taken_into__isnull", False)),
                            models.Q(models.Q(("state", "accepted"), _negated=True), ("taken_into__isnull", True)),
                            _connector="OR",
                        ),
                        name="disaster_recovery_offer_accepted_into_a_version",
                        violation_error_message="An accepted offer needs a version it is in",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=VERSION,
                            hash="4f94b1fd6cedba1afd872936db8b140ddbbdb779",
                            operation="UPDATE",
                            pgid="pgtrigger_version_eb359",
                            table="disaster_recovery_offer",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "disaster_recovery_offerevent" ("answer", "answered_at", "answered_by_id", "base_id", "fields", "id", "key", "kind", "offered_at", "offered_by_id", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "taken_as", "taken_into_id", "version", "why") VALUES (NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."base_id", NEW."fields", NEW."id", NEW."key", NEW."kind", NEW."offered_at", NEW."offered_by_id", NEW."partner_id", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."state", NEW."taken_as", NEW."taken_into_id", NEW."version", NEW."why"); RETURN NULL;""",
                            hash="b1dfe658bd952f9f35f2fd6b13730e0d8f9e378b",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_b1034",
                            table="disaster_recovery_offer",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func="""INSERT INTO "disaster_recovery_offerevent" ("answer", "answered_at", "answered_by_id", "base_id", "fields", "id", "key", "kind", "offered_at", "offered_by_id", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "taken_as", "taken_into_id", "version", "why") VALUES (NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."base_id", NEW."fields", NEW."id", NEW."key", NEW."kind", NEW."offered_at", NEW."offered_by_id", NEW."partner_id", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."state", NEW."taken_as", NEW."taken_into_id", NEW."version", NEW."why"); RETURN NULL;""",
                            hash="887bdf6c7d6deceff9050e3a2a6951bdf7b781c3",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_b449c",
                            table="disaster_recovery_offer",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "disaster_recovery_offerevent" ("answer", "answered_at", "answered_by_id", "base_id", "fields", "id", "key", "kind", "offered_at", "offered_by_id", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "taken_as", "taken_into_id", "version", "why") VALUES (OLD."answer", OLD."answered_at", OLD."answered_by_id", OLD."base_id", OLD."fields", OLD."id", OLD."key", OLD."kind", OLD."offered_at", OLD."offered_by_id", OLD."partner_id", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."state", OLD."taken_as", OLD."taken_into_id", OLD."version", OLD."why"); RETURN NULL;""",
                            hash="c55920470a279665f66ded2cd8bfad8de888d0b6",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_c8176",
                            table="disaster_recovery_offer",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OfferEvent",
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
                        to="disaster_recovery.offer",
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
                    "kind",
                    models.CharField(choices=[("section", "Section"), ("service", "Service or system"), ("task", "Task")], max_length=10),
                ),
                ("key", models.CharField(max_length=60)),
                (
                    "base",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="disaster_recovery.genericversion",
                    ),
                ),
                ("fields", models.JSONField(default=dict)),
                ("why", models.TextField(max_length=2000, verbose_name="what is better")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("offered", "Waiting for the partnership coordinator"),
                            ("accepted", "Added to the generic plan"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn by the partner"),
                        ],
                        default="offered",
                        max_length=10,
                    ),
                ),
                (
                    "offered_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("offered_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="offered")),
                ("answer", models.TextField(blank=True, max_length=2000)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
                (
                    "taken_into",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="disaster_recovery.genericversion",
                        verbose_name="added to",
                    ),
                ),
                ("taken_as", models.CharField(blank=True, max_length=60)),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=APPEND_ONLY,
                            hash="62002bd67d91257f4211a9cb73f7dac02c931bd7",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_72ac7",
                            table="disaster_recovery_offerevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=NEVER_EMPTIED,
                            hash="6aba1c6a140923ed97fa7277f87b379c34fe743f",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_859c0",
                            table="disaster_recovery_offerevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanPack",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="packs", to="disaster_recovery.planedition"
                    ),
                ),
                (
                    "variant",
                    models.CharField(
                        choices=[
                            ("full", "Full copy: everything, for the emergency box"),
                            ("duty", "Duty copy: for whoever is on call, with work numbers"),
                            ("partner", "Partner copy: for partners who come to help"),
                            ("public", "Public copy: no numbers, names or places"),
                        ],
                        max_length=7,
                    ),
                ),
                ("copy_number", models.PositiveIntegerField(verbose_name="copy")),
                ("contacts", models.JSONField(default=dict)),
                ("made_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="made")),
                ("fingerprint", models.CharField(max_length=64)),
            ],
            options={
                "verbose_name": "pack",
                "ordering": ["-made_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edition", "variant", "copy_number"),
                        name="disaster_recovery_planpack_copy_is_unique",
                        violation_error_message="Somebody else has just made this copy: make another one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("copy_number__gte", 1)),
                        name="disaster_recovery_planpack_copies_count_from_one",
                        violation_error_message="Copies are numbered from 1",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("fingerprint__regex", "^[0-9a-f]{64}$")),
                        name="disaster_recovery_planpack_has_a_fingerprint",
                        violation_error_message="A pack needs the fingerprint of its file",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="closed_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""
    IF TG_OP = 'UPDATE' AND NEW.contacts = '{}'::jsonb
       AND to_jsonb(NEW) - 'contacts' IS NOT DISTINCT FROM to_jsonb(OLD) - 'contacts'
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a pack that was made stays as it is'
        USING ERRCODE = 'integrity_constraint_violation',
              CONSTRAINT = 'disaster_recovery_planpack_stays';
""",
                            hash="a706b767433e42f701224ec6d1821ea1502039da",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_closed_stays_57cf0",
                            table="disaster_recovery_planpack",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="empties_its_file",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.\"contacts\" = '{}'::jsonb)",
                            func="""
    UPDATE disaster_recovery_packfile SET content = '' WHERE pack_id = NEW.id;
    RETURN NULL;
""",
                            hash="85f4a84822165ce6462792f73e6205e46d4fbd90",
                            operation="UPDATE",
                            pgid="pgtrigger_empties_its_file_42a75",
                            table="disaster_recovery_planpack",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PackFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "pack",
                    models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="file", to="disaster_recovery.planpack"),
                ),
                ("content", models.BinaryField()),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
            ],
            options={
                "verbose_name": "pack file",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("content", b""),
                            django.db.models.lookups.Exact(
                                models.Func(
                                    models.Func(models.F("content"), function="sha256"),
                                    models.Value("hex"),
                                    function="encode",
                                    output_field=models.TextField(),
                                ),
                                models.F("sha256"),
                            ),
                            _connector="OR",
                        ),
                        name="disaster_recovery_packfile_has_its_fingerprint",
                        violation_error_message="The fingerprint does not match the file",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length("content"), 20971520)
                        ),
                        name="disaster_recovery_packfile_size_is_limited",
                        violation_error_message="A pack can be at most 20 MB",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="closed_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""
    IF TG_OP = 'UPDATE' AND NEW.content = ''
       AND to_jsonb(NEW) - 'content' IS NOT DISTINCT FROM to_jsonb(OLD) - 'content'
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the file of a pack stays as it is'
        USING ERRCODE = 'integrity_constraint_violation',
              CONSTRAINT = 'disaster_recovery_packfile_stays';
""",
                            hash="12e6297dc74f3238960dd652a978f088453d8c2a",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_closed_stays_587ef",
                            table="disaster_recovery_packfile",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanUpdate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "plan",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="updates", to="disaster_recovery.plan"),
                ),
                (
                    "generic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="updates",
                        to="disaster_recovery.genericversion",
                        verbose_name="generic version",
                    ),
                ),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="opened")),
                ("begun_at", models.DateTimeField(blank=True, null=True, verbose_name="review begun")),
                (
                    "begun_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="finished")),
                ("changes", models.PositiveIntegerField(default=0, verbose_name="changes in total")),
                ("untouched", models.PositiveIntegerField(default=0, verbose_name="open, not changed here")),
                ("open_items", models.PositiveIntegerField(default=0, verbose_name="open changes")),
                ("conflicts", models.PositiveIntegerField(default=0, verbose_name="open conflicts")),
            ],
            options={
                "verbose_name": "update of a plan",
                "verbose_name_plural": "updates of plans",
                "ordering": ["plan", "-opened_at", "-pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=("plan",),
                        name="disaster_recovery_planupdate_one_open_a_plan",
                        violation_error_message="An update of this plan is already open: continue that one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("closed_at__isnull", True), ("open_items", 0), _connector="OR"),
                        name="disaster_recovery_planupdate_done_when_nothing_is_open",
                        violation_error_message="Decide on every change first",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("untouched__lte", models.F("open_items")),
                            ("conflicts__lte", models.F("open_items")),
                            ("open_items__lte", models.F("changes")),
                        ),
                        name="disaster_recovery_planupdate_numbers_fit",
                        violation_error_message="The numbers of changes do not add up",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=VERSION,
                            hash="b40a86c59899cf3cc48a0afc8dad8b246d8c9f97",
                            operation="UPDATE",
                            pgid="pgtrigger_version_d13d3",
                            table="disaster_recovery_planupdate",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "disaster_recovery_planupdateevent" ("begun_at", "begun_by_id", "changes", "closed_at", "conflicts", "generic_id", "id", "open_items", "opened_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "untouched", "version") VALUES (NEW."begun_at", NEW."begun_by_id", NEW."changes", NEW."closed_at", NEW."conflicts", NEW."generic_id", NEW."id", NEW."open_items", NEW."opened_at", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."plan_id", NEW."untouched", NEW."version"); RETURN NULL;""",
                            hash="36d289a51b8f9aab4e2f9400d653dd30614c86d7",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_3f693",
                            table="disaster_recovery_planupdate",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func="""INSERT INTO "disaster_recovery_planupdateevent" ("begun_at", "begun_by_id", "changes", "closed_at", "conflicts", "generic_id", "id", "open_items", "opened_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "untouched", "version") VALUES (NEW."begun_at", NEW."begun_by_id", NEW."changes", NEW."closed_at", NEW."conflicts", NEW."generic_id", NEW."id", NEW."open_items", NEW."opened_at", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."plan_id", NEW."untouched", NEW."version"); RETURN NULL;""",
                            hash="b9ce0792f9e62debe495f7daf9d50ad16e45a667",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_39ce7",
                            table="disaster_recovery_planupdate",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "disaster_recovery_planupdateevent" ("begun_at", "begun_by_id", "changes", "closed_at", "conflicts", "generic_id", "id", "open_items", "opened_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "untouched", "version") VALUES (OLD."begun_at", OLD."begun_by_id", OLD."changes", OLD."closed_at", OLD."conflicts", OLD."generic_id", OLD."id", OLD."open_items", OLD."opened_at", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."plan_id", OLD."untouched", OLD."version"); RETURN NULL;""",
                            hash="626bedd8c500982db280dd2a6416ed6178210056",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_e2c33",
                            table="disaster_recovery_planupdate",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanUpdateEvent",
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
                        to="disaster_recovery.planupdate",
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
                    "plan",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="disaster_recovery.plan",
                    ),
                ),
                (
                    "generic",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="disaster_recovery.genericversion",
                        verbose_name="generic version",
                    ),
                ),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="opened")),
                ("begun_at", models.DateTimeField(blank=True, null=True, verbose_name="review begun")),
                (
                    "begun_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="finished")),
                ("changes", models.PositiveIntegerField(default=0, verbose_name="changes in total")),
                ("untouched", models.PositiveIntegerField(default=0, verbose_name="open, not changed here")),
                ("open_items", models.PositiveIntegerField(default=0, verbose_name="open changes")),
                ("conflicts", models.PositiveIntegerField(default=0, verbose_name="open conflicts")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=APPEND_ONLY,
                            hash="d1503b65b2eaec09c4bed902c993232a1685e349",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_0606a",
                            table="disaster_recovery_planupdateevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=NEVER_EMPTIED,
                            hash="9bd1eddd5c86a80ac97084da00cbd2b00a45eb25",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_1324a",
                            table="disaster_recovery_planupdateevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "update",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="decisions", to="disaster_recovery.planupdate"
                    ),
                ),
                (
                    "generic",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="disaster_recovery.genericversion"),
                ),
                (
                    "kind",
                    models.CharField(choices=[("section", "Section"), ("service", "Service or system"), ("task", "Task")], max_length=10),
                ),
                ("key", models.CharField(max_length=60)),
                ("title", models.CharField(max_length=300)),
                ("outcome", models.CharField(max_length=40, verbose_name="change")),
                (
                    "choice",
                    models.CharField(
                        choices=[
                            ("accepted", "Generic version used"),
                            ("merged", "Combined version used"),
                            ("kept", "Own version kept"),
                            ("edited", "Edited"),
                            ("declined", "Declined"),
                            ("linked", "Linked with one already in the plan"),
                            ("bulk", "Generic version used, with all that were not changed"),
                        ],
                        max_length=10,
                    ),
                ),
                ("declined", models.JSONField(blank=True, default=list)),
                ("reason", models.CharField(blank=True, max_length=500)),
                (
                    "decided_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                ("decided_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="decided")),
            ],
            options={
                "verbose_name": "decision on an update",
                "verbose_name_plural": "decisions on updates",
                "ordering": ["-decided_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("choice", "declined"), _negated=True), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="disaster_recovery_plandecision_declined_for_a_reason",
                        violation_error_message="Say why you decline the change",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="closed_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""
    IF TG_OP = 'DELETE' AND NOT EXISTS (
        SELECT FROM disaster_recovery_planedition e
        JOIN disaster_recovery_planupdate u ON u.plan_id = e.plan_id
        WHERE u.id = OLD.update_id
    ) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'a decision stays as it is'
        USING ERRCODE = 'integrity_constraint_violation',
              CONSTRAINT = 'disaster_recovery_plandecision_stays';
""",
                            hash="173723fa48146a32d0139165e811825c845617e6",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_closed_stays_f1600",
                            table="disaster_recovery_plandecision",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
    ]
