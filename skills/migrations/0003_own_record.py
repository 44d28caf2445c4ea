"""A level that changes loses the confirmation of the level before."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("skills", "0002_long_histories"),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name="skillheld",
            trigger=pgtrigger.compiler.Trigger(
                name="confirm_one_level",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."level" IS DISTINCT FROM (NEW."level"))',
                    func="\n            IF NEW.confirmed_at IS NOT DISTINCT FROM OLD.confirmed_at THEN\n                NEW.confirmed_at = NULL;\n                NEW.confirmed_by_id = NULL;\n            END IF;\n            RETURN NEW;\n        ",
                    hash="6c4afa504a836c4d62486cb70c0ebbfe82efbd87",
                    operation="UPDATE",
                    pgid="pgtrigger_confirm_one_level_74383",
                    table="skills_skillheld",
                    when="BEFORE",
                ),
            ),
        ),
    ]
