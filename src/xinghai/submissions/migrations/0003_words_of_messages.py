"""Messages the earlier version left: their words name the noun now, so English finds them again."""

from django.db import migrations

# Before, every submission was a suggestion and the words said so.
REWORD = """
UPDATE kernel_message SET
    subject_text = replace(replace(
        subject_text, '%(count)s 条建议', '%(count)s 条%(nouns)s'), '新建议', '新%(noun)s'),
    parameters = parameters || '{"noun": "建议", "nouns": "建议"}'
WHERE subject_text IN (
    '还有 %(days)s 天截止：%(count)s 条建议还没有提交',
    '还有 %(days)s 天截止：%(count)s 条建议等本单位审核',
    '本处有 %(count)s 条建议超过一周没有办理',
    '有 %(count)s 条建议超过一周没有分派',
    '本单位有 %(count)s 条建议超过一周没有审核',
    '%(unit)s提醒您：%(count)s 条建议还没有提交',
    '新建议待受理：%(number)s'
)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0004_message"),
        ("submissions", "0002_queued_jobs"),
    ]

    # The words before say less, and nothing reads them: going back leaves the new ones.
    operations = [migrations.RunSQL(REWORD, migrations.RunSQL.noop)]
