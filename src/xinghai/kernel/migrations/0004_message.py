from django.db import migrations


class Migration(migrations.Migration):
    """A notice (通知) is what a bureau issues; what the platform tells a person is a message."""

    dependencies = [("kernel", "0003_messages")]

    operations = [
        migrations.RenameModel("Notice", "Message"),
        migrations.RenameModel("NoticePreference", "MessagePreference"),
    ]
