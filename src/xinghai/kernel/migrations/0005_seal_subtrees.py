from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kernel", "0004_message")]

    operations = [
        migrations.AddField(
            model_name="seal",
            name="subtrees",
            field=models.BinaryField(default=b"", editable=False),
        ),
    ]
