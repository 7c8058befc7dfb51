from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0003_watching'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='link',
            index=models.Index(condition=models.Q(('suspect_since__isnull', False)), fields=['workspace', 'suspect_since'], name='link_suspect_idx'),
        ),
    ]
