"""A talk may say which typical customer the one who talked is like."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("journeys", "0004_pictures"), ("people", "0003_pictures")]

    operations = [
        migrations.AddField(
            model_name="journeyinterview",
            name="persona",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="people.persona",
                verbose_name="which typical customer they are like",
            ),
        ),
    ]
