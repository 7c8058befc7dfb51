"""A comment may get an answer."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("journeys", "0002_journeys")]

    operations = [
        migrations.AddField(
            model_name="cellcomment",
            name="answer",
            field=models.TextField(blank=True, default="", verbose_name="answer"),
        ),
    ]
