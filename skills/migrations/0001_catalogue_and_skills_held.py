import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
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

STAMP_CATALOGUE = """
    INSERT INTO skills_cataloguestamp AS stamp (id, edition) VALUES (1, 1)
    ON CONFLICT (id) DO UPDATE SET edition = stamp.edition + 1;
    RETURN NULL;
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

NOT_OF_A_MERGED_SKILL = """
    PERFORM FROM skills_skill WHERE id = NEW.skill_id FOR KEY SHARE;
    IF EXISTS (
        SELECT FROM skills_skill
        WHERE id = NEW.skill_id AND merged_into_id IS NOT NULL
    ) THEN 
        RAISE EXCEPTION 'this skill is merged into another'
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = 'skills_skill_is_merged';

    END IF;
    RETURN NEW;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [("partners", "0001_organisations_and_people"), ("pghistory", "0007_auto_20250421_0444")]

    operations = [
        migrations.CreateModel(
            name="ImportBatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("partner", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="imports", to="partners.partner")),
                (
                    "kind",
                    models.CharField(choices=[("people", "People"), ("held", "Skills held"), ("absences", "Absences")], max_length=10),
                ),
                ("file_name", models.CharField(max_length=150)),
                ("sha256", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Being checked"),
                            ("checked", "Checked, not applied"),
                            ("applying", "Being applied"),
                            ("applied", "Applied"),
                            ("undoing", "Being undone"),
                            ("undone", "Undone"),
                            ("discarded", "Discarded"),
                            ("failed", "Stopped early"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("uploaded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="imports_uploaded",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("checks", models.PositiveIntegerField(default=0)),
                ("checked_at", models.DateTimeField(blank=True, null=True)),
                ("rows_total", models.PositiveIntegerField(default=0)),
                ("rows_new", models.PositiveIntegerField(default=0)),
                ("rows_changed", models.PositiveIntegerField(default=0)),
                ("rows_unchanged", models.PositiveIntegerField(default=0)),
                ("rows_wrong", models.PositiveIntegerField(default=0)),
                ("is_partial", models.BooleanField(default=False)),
                ("refusal", models.TextField(blank=True)),
                ("applied_at", models.DateTimeField(blank=True, null=True)),
                (
                    "applied_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "undone_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("emptied_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "verbose_name_plural": "import batches",
                "ordering": ["-uploaded_at", "-pk"],
                "indexes": [models.Index(fields=["partner", "-uploaded_at"], name="importbatch_of_partner")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["applied", "undone"]), _negated=True), ("applied_at__isnull", False), _connector="OR"
                        ),
                        name="skills_importbatch_applied_at_a_time",
                        violation_error_message="Say when the batch was applied",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("batch", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="skills.importbatch")),
                ("line", models.PositiveIntegerField()),
                ("cells", models.JSONField()),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("new", "New"), ("changed", "Changed"), ("unchanged", "Unchanged"), ("error", "Error")],
                        max_length=10,
                    ),
                ),
                ("label", models.CharField(blank=True, max_length=300)),
                ("target", models.BigIntegerField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(blank=True, null=True)),
                ("applied_version", models.PositiveIntegerField(blank=True, null=True)),
                ("values", models.JSONField(default=dict)),
                ("old", models.JSONField(default=dict)),
                ("changes", models.JSONField(default=list)),
                ("problems", models.JSONField(default=list)),
                ("meanwhile", models.JSONField(default=list)),
            ],
            options={
                "ordering": ["line"],
                "indexes": [models.Index(fields=["batch", "outcome", "line"], name="importrow_by_outcome")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("batch", "line"),
                        name="skills_importrow_line_once_a_batch",
                        violation_error_message="This line is already in the batch",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CatalogueStamp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("edition", models.PositiveBigIntegerField(default=1)),
            ],
            options={"constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="skills_cataloguestamp_is_one_row")]},
        ),
        migrations.CreateModel(
            name="Category",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "name",
                    models.CharField(error_messages={"unique": "There is already a category with this name"}, max_length=80, unique=True),
                ),
            ],
            options={
                "verbose_name_plural": "categories",
                "ordering": ["name"],
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=VERSION,
                            hash="3963ca701683af9763d8cc9b46b278bd9537e75d",
                            operation="UPDATE",
                            pgid="pgtrigger_version_ad40e",
                            table="skills_category",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="stamp_catalogue",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=STAMP_CATALOGUE,
                            hash="6fd43bc5def8afbc269b2cd13e6946cebccbbe13",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_stamp_catalogue_5a884",
                            table="skills_category",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "skills_categoryevent" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (NEW."id", NEW."name", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."version"); RETURN NULL;""",
                            hash="2a32ec73038b88bf4c85c61d36299e56efb322f6",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_9f8fc",
                            table="skills_category",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func="""INSERT INTO "skills_categoryevent" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (NEW."id", NEW."name", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."version"); RETURN NULL;""",
                            hash="3aeec7f65eece1d4af59ae7c3b9615c7afd0b9dd",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c7ea2",
                            table="skills_category",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "skills_categoryevent" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (OLD."id", OLD."name", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."version"); RETURN NULL;""",
                            hash="48ddffd97af9fad85399c07ed0ab380672edfd00",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_5f8c2",
                            table="skills_category",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CategoryEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name="events", to="skills.category"
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
                ("name", models.CharField(error_messages={"unique": "There is already a category with this name"}, max_length=80)),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=APPEND_ONLY,
                            hash="3e0dfbfcda8f01caf93421b68fd29190cf85bea7",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_03ad6",
                            table="skills_categoryevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=NEVER_EMPTIED,
                            hash="699d0253b5738cf0d07bc3cef8e29ea59175b822",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_ae7ed",
                            table="skills_categoryevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Skill",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("code", models.CharField(blank=True, editable=False, max_length=12, null=True, unique=True)),
                ("name", models.CharField(max_length=100)),
                ("key", models.CharField(editable=False, max_length=120)),
                ("category", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="skills", to="skills.category")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("product", "Product"),
                            ("practice", "Practice"),
                            ("language", "Language"),
                            ("protocol", "Protocol"),
                            ("framework", "Framework"),
                            ("lob", "Line-of-business system"),
                        ],
                        default="product",
                        max_length=12,
                    ),
                ),
                ("description", models.TextField(blank=True, max_length=600)),
                ("source", models.CharField(blank=True, max_length=200)),
                ("source_reference", models.CharField(blank=True, max_length=300)),
                ("licence", models.CharField(blank=True, max_length=60)),
                ("retired_on", models.DateField(blank=True, null=True)),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged_here",
                        to="skills.skill",
                        verbose_name="merged into",
                    ),
                ),
            ],
            options={
                "ordering": [django.db.models.functions.text.Lower("name")],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("key",),
                        name="skills_skill_key_is_unique",
                        violation_error_message="There is already a skill with this name, perhaps written with other spaces, hyphens or capitals",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("merged_into__isnull", True), ("retired_on__isnull", False), _connector="OR"),
                        name="skills_skill_merged_is_retired",
                        violation_error_message="This skill was merged into another: undo the merge to bring it back",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("merged_into", models.F("id")), _negated=True),
                        name="skills_skill_not_merged_into_itself",
                        violation_error_message="Choose another skill: not the same one",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=VERSION,
                            hash="eb32fc6314467a4dc09742270cc28851bc0ea9cd",
                            operation="UPDATE",
                            pgid="pgtrigger_version_6d810",
                            table="skills_skill",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="stamp_catalogue",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=STAMP_CATALOGUE,
                            hash="b01897f32406cf349e5838400ad35f8ee850276a",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_stamp_catalogue_2af1c",
                            table="skills_skill",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="merges_make_no_chains",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (NEW."merged_into_id" IS NOT NULL)',
                            func="""
    PERFORM FROM skills_skill WHERE id = NEW.merged_into_id FOR SHARE;
    IF EXISTS (
        SELECT FROM skills_skill
        WHERE (id = NEW.merged_into_id AND merged_into_id IS NOT NULL)
            OR merged_into_id = NEW.id
    ) THEN 
        RAISE EXCEPTION 'this skill is merged into another'
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = 'skills_skill_is_merged';

    END IF;
    RETURN NEW;
""",
                            hash="da6009f9c8cb99395311ccee9151e470db63640b",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_merges_make_no_chains_d95bf",
                            table="skills_skill",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "skills_skillevent" ("category_id", "code", "description", "id", "key", "kind", "licence", "merged_into_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_on", "source", "source_reference", "version") VALUES (NEW."category_id", NEW."code", NEW."description", NEW."id", NEW."key", NEW."kind", NEW."licence", NEW."merged_into_id", NEW."name", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."retired_on", NEW."source", NEW."source_reference", NEW."version"); RETURN NULL;""",
                            hash="7661190458d0fc77a1dc28230fd0ee0cac783e11",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_8c479",
                            table="skills_skill",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func="""INSERT INTO "skills_skillevent" ("category_id", "code", "description", "id", "key", "kind", "licence", "merged_into_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_on", "source", "source_reference", "version") VALUES (NEW."category_id", NEW."code", NEW."description", NEW."id", NEW."key", NEW."kind", NEW."licence", NEW."merged_into_id", NEW."name", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."retired_on", NEW."source", NEW."source_reference", NEW."version"); RETURN NULL;""",
                            hash="3540ce1a9d79b8b5c509da37df1e4cb2ad9e7357",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_34954",
                            table="skills_skill",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "skills_skillevent" ("category_id", "code", "description", "id", "key", "kind", "licence", "merged_into_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_on", "source", "source_reference", "version") VALUES (OLD."category_id", OLD."code", OLD."description", OLD."id", OLD."key", OLD."kind", OLD."licence", OLD."merged_into_id", OLD."name", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."retired_on", OLD."source", OLD."source_reference", OLD."version"); RETURN NULL;""",
                            hash="4fe8392f5fd7bb50681eb1b8326f88a27f26e4cb",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_59ce8",
                            table="skills_skill",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SkillEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name="events", to="skills.skill"
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
                ("code", models.CharField(blank=True, editable=False, max_length=12, null=True)),
                ("name", models.CharField(max_length=100)),
                ("key", models.CharField(editable=False, max_length=120)),
                (
                    "category",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="skills.category",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("product", "Product"),
                            ("practice", "Practice"),
                            ("language", "Language"),
                            ("protocol", "Protocol"),
                            ("framework", "Framework"),
                            ("lob", "Line-of-business system"),
                        ],
                        default="product",
                        max_length=12,
                    ),
                ),
                ("description", models.TextField(blank=True, max_length=600)),
                ("source", models.CharField(blank=True, max_length=200)),
                ("source_reference", models.CharField(blank=True, max_length=300)),
                ("licence", models.CharField(blank=True, max_length=60)),
                ("retired_on", models.DateField(blank=True, null=True)),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="skills.skill",
                        verbose_name="merged into",
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
                            hash="3a8ae38aa8cb64aeca5b582fd8a1c75fd1620cb9",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_7b75a",
                            table="skills_skillevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=NEVER_EMPTIED,
                            hash="fe5f8ff615ddc522c4e42b79f16d67332f2bd2b8",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_3f2aa",
                            table="skills_skillevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Alias",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("skill", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="aliases", to="skills.skill")),
                ("text", models.CharField(max_length=100, verbose_name="alias")),
                ("key", models.CharField(editable=False, max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("abbreviation", "Abbreviation"),
                            ("former name", "Former name"),
                            ("vendor name", "Vendor name"),
                            ("misspelling", "Misspelling"),
                            ("other", "Other name"),
                        ],
                        default="other",
                        max_length=12,
                    ),
                ),
                ("source", models.CharField(default="field knowledge", max_length=200)),
                ("source_address", models.URLField(blank=True)),
            ],
            options={
                "verbose_name_plural": "aliases",
                "ordering": [django.db.models.functions.text.Lower("text")],
                "abstract": False,
                "indexes": [models.Index(fields=["key"], name="alias_key")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("skill", "key"),
                        name="skills_alias_once_a_skill",
                        violation_error_message="This skill already has that other name",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=VERSION,
                            hash="b68cf8c62eca85763288f9e1e486c258e501bc55",
                            operation="UPDATE",
                            pgid="pgtrigger_version_7cdb2",
                            table="skills_alias",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="stamp_catalogue",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=STAMP_CATALOGUE,
                            hash="4d1d69311bb8c187b627de8a23fee00984262484",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_stamp_catalogue_ee9e9",
                            table="skills_alias",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="not_of_a_merged_skill",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=NOT_OF_A_MERGED_SKILL,
                            hash="ad8be38af318c8ca18610145227b69d522df5650",
                            operation='INSERT OR UPDATE OF "skill_id"',
                            pgid="pgtrigger_not_of_a_merged_skill_949a6",
                            table="skills_alias",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "skills_aliasevent" ("id", "key", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "skill_id", "source", "source_address", "text", "version") VALUES (NEW."id", NEW."key", NEW."kind", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."skill_id", NEW."source", NEW."source_address", NEW."text", NEW."version"); RETURN NULL;""",
                            hash="f512791039adf840533de8a189f8f15586831d70",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_51ade",
                            table="skills_alias",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func="""INSERT INTO "skills_aliasevent" ("id", "key", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "skill_id", "source", "source_address", "text", "version") VALUES (NEW."id", NEW."key", NEW."kind", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."skill_id", NEW."source", NEW."source_address", NEW."text", NEW."version"); RETURN NULL;""",
                            hash="eea89e7926210bd2e81ed84213f51dabf435b634",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_efd45",
                            table="skills_alias",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "skills_aliasevent" ("id", "key", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "skill_id", "source", "source_address", "text", "version") VALUES (OLD."id", OLD."key", OLD."kind", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."skill_id", OLD."source", OLD."source_address", OLD."text", OLD."version"); RETURN NULL;""",
                            hash="02281ddd5ef771f616bc34c52b0df52da9b40b9b",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_2ecba",
                            table="skills_alias",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AliasEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name="events", to="skills.alias"
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
                    "skill",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="skills.skill",
                    ),
                ),
                ("text", models.CharField(max_length=100, verbose_name="alias")),
                ("key", models.CharField(editable=False, max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("abbreviation", "Abbreviation"),
                            ("former name", "Former name"),
                            ("vendor name", "Vendor name"),
                            ("misspelling", "Misspelling"),
                            ("other", "Other name"),
                        ],
                        default="other",
                        max_length=12,
                    ),
                ),
                ("source", models.CharField(default="field knowledge", max_length=200)),
                ("source_address", models.URLField(blank=True)),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=APPEND_ONLY,
                            hash="68014930a107ab14ef1a0398521454ff3c28bc86",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_4dbe7",
                            table="skills_aliasevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=NEVER_EMPTIED,
                            hash="30aa18bd2c9482c0aa6529143ccf8a5ec0d96997",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_6bf8d",
                            table="skills_aliasevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SkillHeld",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "staff",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="skills_held", to="partners.staffmember"),
                ),
                ("skill", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="held_by", to="skills.skill")),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Awareness"), (2, "Working"), (3, "Practitioner"), (4, "Expert")], default=2
                    ),
                ),
                ("can_teach", models.BooleanField(default=False, verbose_name="can teach")),
                ("since_on", models.DateField(blank=True, null=True, verbose_name="since")),
                ("last_used_on", models.DateField(blank=True, null=True, verbose_name="last used")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed")),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="confirmed by",
                    ),
                ),
            ],
            options={
                "verbose_name": "skill held",
                "verbose_name_plural": "skills held",
                "ordering": ["-level", "skill__name"],
                "abstract": False,
                "indexes": [
                    models.Index(
                        models.F("skill"), models.OrderBy(models.F("level"), descending=True), models.F("staff"), name="skillheld_by_level"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("staff", "skill"),
                        name="skills_skillheld_once_a_person",
                        violation_error_message="This person already has that skill",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("level__range", (1, 4))),
                        name="skills_skillheld_level_is_one_of_four",
                        violation_error_message="Choose one of the four levels",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("last_used_on__isnull", True),
                            ("since_on__isnull", True),
                            ("last_used_on__gte", models.F("since_on")),
                            _connector="OR",
                        ),
                        name="skills_skillheld_used_after_learning",
                        violation_error_message="“Last used” comes after “since”",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("confirmed_by__isnull", True), ("confirmed_at__isnull", False), _connector="OR"),
                        name="skills_skillheld_confirmed_at_a_time",
                        violation_error_message="Say when the level was confirmed",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=VERSION,
                            hash="82606e2175adbf2da3b55761a669327365df672b",
                            operation="UPDATE",
                            pgid="pgtrigger_version_1a44e",
                            table="skills_skillheld",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="confirm_one_level",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."level" IS DISTINCT FROM (NEW."level"))',
                            func="""
            IF NEW.confirmed_at IS NOT DISTINCT FROM OLD.confirmed_at THEN
                NEW.confirmed_at = NULL;
                NEW.confirmed_by_id = NULL;
            END IF;
            RETURN NEW;
        """,
                            hash="6c4afa504a836c4d62486cb70c0ebbfe82efbd87",
                            operation="UPDATE",
                            pgid="pgtrigger_confirm_one_level_74383",
                            table="skills_skillheld",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="not_of_a_merged_skill",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=NOT_OF_A_MERGED_SKILL,
                            hash="0961a6f3dc032c77bea6d8b70109b96af698b516",
                            operation='INSERT OR UPDATE OF "skill_id"',
                            pgid="pgtrigger_not_of_a_merged_skill_eb894",
                            table="skills_skillheld",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "skills_skillheldevent" ("can_teach", "confirmed_at", "confirmed_by_id", "id", "last_used_on", "level", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since_on", "skill_id", "staff_id", "version") VALUES (NEW."can_teach", NEW."confirmed_at", NEW."confirmed_by_id", NEW."id", NEW."last_used_on", NEW."level", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."since_on", NEW."skill_id", NEW."staff_id", NEW."version"); RETURN NULL;""",
                            hash="34e4693db6f8a77300af6263df99dac242102210",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_0b79e",
                            table="skills_skillheld",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func="""INSERT INTO "skills_skillheldevent" ("can_teach", "confirmed_at", "confirmed_by_id", "id", "last_used_on", "level", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since_on", "skill_id", "staff_id", "version") VALUES (NEW."can_teach", NEW."confirmed_at", NEW."confirmed_by_id", NEW."id", NEW."last_used_on", NEW."level", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."since_on", NEW."skill_id", NEW."staff_id", NEW."version"); RETURN NULL;""",
                            hash="0a349ec90b190588b20bc4f6279f79c07122a726",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f3ad5",
                            table="skills_skillheld",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "skills_skillheldevent" ("can_teach", "confirmed_at", "confirmed_by_id", "id", "last_used_on", "level", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since_on", "skill_id", "staff_id", "version") VALUES (OLD."can_teach", OLD."confirmed_at", OLD."confirmed_by_id", OLD."id", OLD."last_used_on", OLD."level", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."since_on", OLD."skill_id", OLD."staff_id", OLD."version"); RETURN NULL;""",
                            hash="fffccaa68b4c5ad9e7b9b8dced8f59400f883266",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_303a0",
                            table="skills_skillheld",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SkillHeldEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name="events", to="skills.skillheld"
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
                        choices=[(1, "Awareness"), (2, "Working"), (3, "Practitioner"), (4, "Expert")], default=2
                    ),
                ),
                ("can_teach", models.BooleanField(default=False, verbose_name="can teach")),
                ("since_on", models.DateField(blank=True, null=True, verbose_name="since")),
                ("last_used_on", models.DateField(blank=True, null=True, verbose_name="last used")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed")),
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
                        verbose_name="confirmed by",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["staff", "pgh_created_at", "pgh_id"], name="skills_skil_staff_i_5657c3_idx")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=APPEND_ONLY,
                            hash="35b2b88d84b9b28bd4bb4aa67c48521e740151bc",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_29bad",
                            table="skills_skillheldevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=NEVER_EMPTIED,
                            hash="4c88f264181d2296c6d01137ecb577620eb84c9c",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_c669b",
                            table="skills_skillheldevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LearningWish",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="learning_wishes", to="partners.staffmember"
                    ),
                ),
                ("skill", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="wished_by", to="skills.skill")),
                ("wished_on", models.DateField(default=django.utils.timezone.localdate)),
            ],
            options={
                "verbose_name": "wish to learn",
                "verbose_name_plural": "wishes to learn",
                "ordering": ["skill__name"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("staff", "skill"),
                        name="skills_learningwish_once_a_person",
                        violation_error_message="This person already has that wish",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=VERSION,
                            hash="81a32e4ffc2c343ff798eabe4d4a7a8b9aa868b2",
                            operation="UPDATE",
                            pgid="pgtrigger_version_5a0a7",
                            table="skills_learningwish",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="not_of_a_merged_skill",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=NOT_OF_A_MERGED_SKILL,
                            hash="5d36a1e613760714f4c305084e84811d7353e2d5",
                            operation='INSERT OR UPDATE OF "skill_id"',
                            pgid="pgtrigger_not_of_a_merged_skill_9aa74",
                            table="skills_learningwish",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "skills_learningwishevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "skill_id", "staff_id", "version", "wished_on") VALUES (NEW."id", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."skill_id", NEW."staff_id", NEW."version", NEW."wished_on"); RETURN NULL;""",
                            hash="2714e12c5f241062305f908a9f2149042537b25f",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d2e5a",
                            table="skills_learningwish",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func="""INSERT INTO "skills_learningwishevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "skill_id", "staff_id", "version", "wished_on") VALUES (NEW."id", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."skill_id", NEW."staff_id", NEW."version", NEW."wished_on"); RETURN NULL;""",
                            hash="58692dde70b6ef1c3a5a63e738f36d8d84eff435",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_9a955",
                            table="skills_learningwish",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "skills_learningwishevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "skill_id", "staff_id", "version", "wished_on") VALUES (OLD."id", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."skill_id", OLD."staff_id", OLD."version", OLD."wished_on"); RETURN NULL;""",
                            hash="3ce65d73b2ed50662d0697e085536c73347ea7ce",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_3c3b2",
                            table="skills_learningwish",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LearningWishEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name="events", to="skills.learningwish"
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
                    "skill",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="skills.skill",
                    ),
                ),
                ("wished_on", models.DateField(default=django.utils.timezone.localdate)),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["staff", "pgh_created_at", "pgh_id"], name="skills_lear_staff_i_ce1720_idx")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=APPEND_ONLY,
                            hash="8947035cfc2f362057c5d49d5eaeec5de2f3b569",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_6a9bc",
                            table="skills_learningwishevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=NEVER_EMPTIED,
                            hash="d14b6c682a4f4664d0b6fe6ef9f87ddd59cdbfbc",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_a5d5a",
                            table="skills_learningwishevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Certification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="certifications", to="partners.staffmember"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="certificate")),
                ("awarded_by", models.CharField(blank=True, max_length=120)),
                (
                    "skill",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="certifications",
                        to="skills.skill",
                    ),
                ),
                ("awarded_on", models.DateField(blank=True, null=True, verbose_name="awarded")),
                (
                    "expires_on",
                    models.DateField(blank=True, help_text="Leave empty if it does not expire", null=True, verbose_name="runs out"),
                ),
            ],
            options={
                "ordering": ["expires_on", "name"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("staff", "name", "awarded_on"),
                        name="skills_certification_once_a_person",
                        nulls_distinct=False,
                        violation_error_message="This certificate is already in the list",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("expires_on__isnull", True),
                            ("awarded_on__isnull", True),
                            ("expires_on__gte", models.F("awarded_on")),
                            _connector="OR",
                        ),
                        name="skills_certification_expires_after_award",
                        violation_error_message="The expiry date must be after the award date",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=VERSION,
                            hash="94149fa6c5ac169f050e96d8ff1fb742ec6962fe",
                            operation="UPDATE",
                            pgid="pgtrigger_version_42d83",
                            table="skills_certification",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "skills_certificationevent" ("awarded_by", "awarded_on", "expires_on", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "skill_id", "staff_id", "version") VALUES (NEW."awarded_by", NEW."awarded_on", NEW."expires_on", NEW."id", NEW."name", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."skill_id", NEW."staff_id", NEW."version"); RETURN NULL;""",
                            hash="2b2f03630812a7b3c7785d69de9f0495a448538b",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_81f45",
                            table="skills_certification",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func="""INSERT INTO "skills_certificationevent" ("awarded_by", "awarded_on", "expires_on", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "skill_id", "staff_id", "version") VALUES (NEW."awarded_by", NEW."awarded_on", NEW."expires_on", NEW."id", NEW."name", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."skill_id", NEW."staff_id", NEW."version"); RETURN NULL;""",
                            hash="02963244ffc2f3057a2cf2560fd7cf4e734f092d",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_96ee7",
                            table="skills_certification",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "skills_certificationevent" ("awarded_by", "awarded_on", "expires_on", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "skill_id", "staff_id", "version") VALUES (OLD."awarded_by", OLD."awarded_on", OLD."expires_on", OLD."id", OLD."name", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."skill_id", OLD."staff_id", OLD."version"); RETURN NULL;""",
                            hash="90b17ee95accc02e98644d3d6a71cdfe950e24af",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_30a51",
                            table="skills_certification",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CertificationEvent",
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
                        to="skills.certification",
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
                ("name", models.CharField(max_length=120, verbose_name="certificate")),
                ("awarded_by", models.CharField(blank=True, max_length=120)),
                (
                    "skill",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="skills.skill",
                    ),
                ),
                ("awarded_on", models.DateField(blank=True, null=True, verbose_name="awarded")),
                (
                    "expires_on",
                    models.DateField(blank=True, help_text="Leave empty if it does not expire", null=True, verbose_name="runs out"),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["staff", "pgh_created_at", "pgh_id"], name="skills_cert_staff_i_a5c19f_idx")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=APPEND_ONLY,
                            hash="931d5eb9c324c965eb4147534bbce542e26b459b",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_2ee45",
                            table="skills_certificationevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=NEVER_EMPTIED,
                            hash="793664949a6f9df2dfa3e8ea773225adee45d827",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_1825c",
                            table="skills_certificationevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SkillMerge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "from_skill",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="merges", to="skills.skill", verbose_name="merged skill"
                    ),
                ),
                (
                    "into_skill",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="skills.skill", verbose_name="into"
                    ),
                ),
                ("merged_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="merged")),
                (
                    "merged_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("was_retired_on", models.DateField(blank=True, null=True)),
                ("followers", models.JSONField(blank=True, default=list)),
                ("moved", models.PositiveIntegerField(default=0, verbose_name="people moved")),
                ("both", models.PositiveIntegerField(default=0, verbose_name="people with both")),
                ("wishes", models.PositiveIntegerField(default=0)),
                ("certificates", models.PositiveIntegerField(default=0)),
                ("names", models.PositiveIntegerField(default=0, verbose_name="other names")),
                ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="undone")),
                (
                    "undone_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("left_alone", models.PositiveIntegerField(default=0, verbose_name="rows left as they were")),
            ],
            options={
                "verbose_name": "merge of skills",
                "verbose_name_plural": "merges of skills",
                "ordering": ["-merged_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at__isnull", True)),
                        fields=("from_skill",),
                        name="skills_skillmerge_once_at_a_time",
                        violation_error_message="This skill has already been merged",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("from_skill", models.F("into_skill")), _negated=True),
                        name="skills_skillmerge_of_two_skills",
                        violation_error_message="Choose another skill: not the same one",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="closed_stays_undone",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."undone_at" IS NOT NULL)',
                            func="""
    RAISE EXCEPTION 'a merge that was undone stays undone'
        USING ERRCODE = 'integrity_constraint_violation',
              CONSTRAINT = 'skills_skillmerge_undone_stays_undone';
""",
                            hash="d9b648294174c4631a22b84aeda39659c5a73316",
                            operation="UPDATE",
                            pgid="pgtrigger_closed_stays_undone_f0878",
                            table="skills_skillmerge",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MergedRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("merge", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="skills.skillmerge")),
                (
                    "kind",
                    models.CharField(
                        choices=[("held", "Skill held"), ("wish", "Wish to learn"), ("certificate", "Certificate"), ("name", "Other name")],
                        max_length=12,
                    ),
                ),
                (
                    "deed",
                    models.CharField(
                        choices=[("moved", "Moved"), ("joined", "Joined"), ("dropped", "Dropped"), ("added", "Added")], max_length=8
                    ),
                ),
                ("target", models.BigIntegerField()),
                ("before", models.JSONField(blank=True, default=dict)),
                ("version", models.PositiveIntegerField(blank=True, null=True)),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("merge", "kind", "target"),
                        name="skills_mergedrow_once_a_merge",
                        violation_error_message="This row is already in the merge",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SkillProposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("name", models.CharField(help_text="What most people call it", max_length=100, verbose_name="name of the skill")),
                ("key", models.CharField(editable=False, max_length=120)),
                ("description", models.TextField(help_text="In a sentence or two", max_length=600, verbose_name="what it is")),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        help_text="Leave it empty if you are not sure",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="skills.category",
                    ),
                ),
                ("why", models.TextField(help_text="Who needs it, and for what", max_length=600, verbose_name="why it is missed")),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[(1, "Awareness"), (2, "Working"), (3, "Practitioner"), (4, "Expert")],
                        null=True,
                        verbose_name="I hold it at level",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="proposals", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("proposed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Waiting"),
                            ("accepted", "Added to the catalogue"),
                            ("merged", "Another name of a skill"),
                            ("declined", "Declined"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "skill",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="proposals", to="skills.skill"
                    ),
                ),
                ("reason", models.TextField(blank=True, max_length=600, verbose_name="reason")),
            ],
            options={
                "verbose_name": "proposed skill",
                "ordering": ["-proposed_at", "-pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("key",),
                        name="skills_skillproposal_waits_once",
                        violation_error_message="This skill has already been proposed and is waiting for the partnership coordinator. You do not need to do anything",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("decided_by__isnull", True), ("state", "open")),
                            models.Q(
                                ("state__in", ["accepted", "merged", "declined"]),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="skills_skillproposal_decided_once",
                        violation_error_message="A proposal is decided once, by somebody and at a time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("skill__isnull", False), ("state__in", ["accepted", "merged"])),
                            models.Q(("skill__isnull", True), ("state__in", ["open", "declined"])),
                            _connector="OR",
                        ),
                        name="skills_skillproposal_became_a_skill",
                        violation_error_message="Choose the skill the proposal became",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "declined"), _negated=True), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="skills_skillproposal_declined_for_a_reason",
                        violation_error_message="Enter why the proposal has been declined",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("level__isnull", True), ("level__range", (1, 4)), _connector="OR"),
                        name="skills_skillproposal_level_is_one_of_four",
                        violation_error_message="Choose one of the four levels",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=VERSION,
                            hash="91344eff6919bb5ea1f505f7003d52c043725520",
                            operation="UPDATE",
                            pgid="pgtrigger_version_53174",
                            table="skills_skillproposal",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="closed_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NOT (OLD.\"state\" = 'open'))",
                            func="""
    IF to_jsonb(NEW) - '{version,proposed_by_id,category_id}'::text[]
       IS DISTINCT FROM to_jsonb(OLD) - '{version,proposed_by_id,category_id}'::text[]
       OR coalesce(NEW.proposed_by_id <> OLD.proposed_by_id, OLD.proposed_by_id IS NULL
                   AND NEW.proposed_by_id IS NOT NULL)
       OR coalesce(NEW.category_id <> OLD.category_id, OLD.category_id IS NULL
                   AND NEW.category_id IS NOT NULL) THEN
        RAISE EXCEPTION 'this proposal is decided'
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = 'skills_skillproposal_decided_once';
    END IF;
    RETURN NEW;
""",
                            hash="d8257833745be435f2f4f85e97b6541c698e2d5c",
                            operation="UPDATE",
                            pgid="pgtrigger_closed_stays_b06ac",
                            table="skills_skillproposal",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "skills_skillproposalevent" ("category_id", "decided_at", "decided_by_id", "description", "id", "key", "level", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "reason", "skill_id", "state", "version", "why") VALUES (NEW."category_id", NEW."decided_at", NEW."decided_by_id", NEW."description", NEW."id", NEW."key", NEW."level", NEW."name", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."proposed_at", NEW."proposed_by_id", NEW."reason", NEW."skill_id", NEW."state", NEW."version", NEW."why"); RETURN NULL;""",
                            hash="890fa07ed11efa74611b71d8a2867c320d82784e",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_174bb",
                            table="skills_skillproposal",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func="""INSERT INTO "skills_skillproposalevent" ("category_id", "decided_at", "decided_by_id", "description", "id", "key", "level", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "reason", "skill_id", "state", "version", "why") VALUES (NEW."category_id", NEW."decided_at", NEW."decided_by_id", NEW."description", NEW."id", NEW."key", NEW."level", NEW."name", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."proposed_at", NEW."proposed_by_id", NEW."reason", NEW."skill_id", NEW."state", NEW."version", NEW."why"); RETURN NULL;""",
                            hash="f735fa43dc6103874034f5d54c78c06e867d8496",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_5b3e9",
                            table="skills_skillproposal",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "skills_skillproposalevent" ("category_id", "decided_at", "decided_by_id", "description", "id", "key", "level", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "reason", "skill_id", "state", "version", "why") VALUES (OLD."category_id", OLD."decided_at", OLD."decided_by_id", OLD."description", OLD."id", OLD."key", OLD."level", OLD."name", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."proposed_at", OLD."proposed_by_id", OLD."reason", OLD."skill_id", OLD."state", OLD."version", OLD."why"); RETURN NULL;""",
                            hash="99277b5aa32614e2eba5f8543ef7a7fa070010cc",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_599b0",
                            table="skills_skillproposal",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SkillProposalEvent",
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
                        to="skills.skillproposal",
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
                ("name", models.CharField(help_text="What most people call it", max_length=100, verbose_name="name of the skill")),
                ("key", models.CharField(editable=False, max_length=120)),
                ("description", models.TextField(help_text="In a sentence or two", max_length=600, verbose_name="what it is")),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Leave it empty if you are not sure",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="skills.category",
                    ),
                ),
                ("why", models.TextField(help_text="Who needs it, and for what", max_length=600, verbose_name="why it is missed")),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[(1, "Awareness"), (2, "Working"), (3, "Practitioner"), (4, "Expert")],
                        null=True,
                        verbose_name="I hold it at level",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("proposed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Waiting"),
                            ("accepted", "Added to the catalogue"),
                            ("merged", "Another name of a skill"),
                            ("declined", "Declined"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                (
                    "decided_by",
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
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "skill",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="skills.skill",
                    ),
                ),
                ("reason", models.TextField(blank=True, max_length=600, verbose_name="reason")),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=APPEND_ONLY,
                            hash="dd107c5327b44f68bae80528c144c7d0dfd9c6b1",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_dbd12",
                            table="skills_skillproposalevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=NEVER_EMPTIED,
                            hash="fe87adea23e9a880c78d276fde90d6ca4ff36d0a",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_92259",
                            table="skills_skillproposalevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SkillRelation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("skill", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="relations", to="skills.skill")),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="relations_to",
                        to="skills.skill",
                        verbose_name="other skill",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("broader", "Broader"), ("related", "Related")],
                        help_text="What the other skill is to this one",
                        max_length=7,
                    ),
                ),
                ("source", models.CharField(default="field knowledge", max_length=200)),
            ],
            options={
                "ordering": ["kind", "skill", "other"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("skill", models.F("other")), _negated=True),
                        name="skills_skillrelation_is_to_another",
                        violation_error_message="A skill cannot be broader than itself or related to itself: choose another skill",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind", "broader"), ("skill__lte", models.F("other")), _connector="OR"),
                        name="skills_skillrelation_related_in_one_order",
                        violation_error_message="Related skills are kept once, the older skill first: exchange the two",
                    ),
                    models.UniqueConstraint(
                        django.db.models.functions.comparison.Least("skill", "other"),
                        django.db.models.functions.comparison.Greatest("skill", "other"),
                        name="skills_skillrelation_one_a_pair",
                        violation_error_message="These two skills already have a relation: remove it first, then add another",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=VERSION,
                            hash="88be62d0baf7f45bc169999b819e580ad3513075",
                            operation="UPDATE",
                            pgid="pgtrigger_version_43651",
                            table="skills_skillrelation",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_goes_round",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""
    -- Two at once would each miss what the other is about to say.
    PERFORM pg_advisory_xact_lock(hashtext('skills_skillrelation_never_goes_round'));
    IF NEW.kind = 'broader' AND NEW.skill_id <> NEW.other_id AND EXISTS (
        
    WITH RECURSIVE above(id) AS (
        SELECT NEW.other_id::bigint
        UNION
        SELECT relation.other_id FROM skills_skillrelation relation
        JOIN above ON relation.skill_id = above.id
        WHERE relation.kind = 'broader' AND relation.id IS DISTINCT FROM NEW.id
    )
    SELECT FROM above WHERE id = NEW.skill_id

    ) THEN
        RAISE EXCEPTION 'this skill is broader than the other already'
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = 'skills_skillrelation_never_goes_round';
    END IF;
    RETURN NEW;
""",
                            hash="ec5ba7dc82917b077f1548b56246251d9e525603",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_never_goes_round_3bb98",
                            table="skills_skillrelation",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "skills_skillrelationevent" ("id", "kind", "other_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "skill_id", "source", "version") VALUES (NEW."id", NEW."kind", NEW."other_id", _pgh_attach_context(), NOW(), 'insert', NEW."id", NEW."skill_id", NEW."source", NEW."version"); RETURN NULL;""",
                            hash="9af966011c917afa7ba9ca168e851d4d93cf895f",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_ee55c",
                            table="skills_skillrelation",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func="""INSERT INTO "skills_skillrelationevent" ("id", "kind", "other_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "skill_id", "source", "version") VALUES (NEW."id", NEW."kind", NEW."other_id", _pgh_attach_context(), NOW(), 'update', NEW."id", NEW."skill_id", NEW."source", NEW."version"); RETURN NULL;""",
                            hash="01e15d7345fb4ba13ade29a835a2414286142f55",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_d19e7",
                            table="skills_skillrelation",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="""INSERT INTO "skills_skillrelationevent" ("id", "kind", "other_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "skill_id", "source", "version") VALUES (OLD."id", OLD."kind", OLD."other_id", _pgh_attach_context(), NOW(), 'delete', OLD."id", OLD."skill_id", OLD."source", OLD."version"); RETURN NULL;""",
                            hash="cb085cbfe9afc6f8f2a4256d2608d3bf62453436",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_305ed",
                            table="skills_skillrelation",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SkillRelationEvent",
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
                        to="skills.skillrelation",
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
                    "other",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="skills.skill",
                        verbose_name="other skill",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("broader", "Broader"), ("related", "Related")],
                        help_text="What the other skill is to this one",
                        max_length=7,
                    ),
                ),
                ("source", models.CharField(default="field knowledge", max_length=200)),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=APPEND_ONLY,
                            hash="37b411b55728cb988293e7660288b26f75b4fd90",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_04dd6",
                            table="skills_skillrelationevent",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="never_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=NEVER_EMPTIED,
                            hash="fddd9e3b21feb5ba1e26df4f70c3b3402a32e83f",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_emptied_b90be",
                            table="skills_skillrelationevent",
                            when="BEFORE",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UnansweredSearch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.CharField(max_length=100)),
                ("key", models.CharField(max_length=120, unique=True)),
                ("times_asked", models.PositiveIntegerField(default=1)),
                ("first_asked_on", models.DateField(auto_now_add=True)),
                ("last_asked_on", models.DateField()),
            ],
            options={
                "verbose_name": "unanswered search",
                "verbose_name_plural": "unanswered searches",
                "ordering": ["-times_asked", "-last_asked_on", "words"],
            },
        ),
        migrations.CreateModel(
            name="HandledSearch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.CharField(max_length=100)),
                ("key", models.CharField(max_length=120)),
                ("times_asked", models.PositiveIntegerField()),
                ("first_asked_on", models.DateField()),
                ("last_asked_on", models.DateField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[("alias", "Another name of a skill"), ("skill", "New skill"), ("dismissed", "Dismissed")], max_length=10
                    ),
                ),
                (
                    "skill",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="skills.skill"
                    ),
                ),
                (
                    "handled_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("handled_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "handled search",
                "verbose_name_plural": "handled searches",
                "ordering": ["-handled_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("outcome", "dismissed"), _negated=True), ("skill__isnull", True), _connector="OR"),
                        name="skills_handledsearch_dismissed_means_no_skill",
                        violation_error_message="A dismissed search became no skill",
                    )
                ],
            },
        ),
    ]
