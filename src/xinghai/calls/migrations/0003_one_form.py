from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("calls", "0002_questions"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="call",
            name="guide_form_key",
        ),
    ]
