import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import polku.tenancy.translated
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('kernel', '0001_initial'),
        ('tenancy', '0001_initial'),
        ('tenancy', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Segment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(editable=False, max_length=20, verbose_name='code')),
                ('archived', models.BooleanField(default=False, verbose_name='archived')),
                ('review_due', models.DateField(blank=True, null=True, verbose_name='look again on')),
                ('audience', models.CharField(choices=[('internal', 'our team'), ('relationship', 'our team and one customer'), ('partners', 'our team and partners'), ('customers', 'our team and customers'), ('public', 'everyone')], default='internal', max_length=20, verbose_name='who may see it')),
                ('tags', models.JSONField(blank=True, default=list, verbose_name='tags')),
                ('attributes', models.JSONField(blank=True, default=dict, verbose_name='own columns')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('sort_title', models.CharField(default='', editable=False, max_length=200)),
                ('pending_run', models.BigIntegerField(blank=True, editable=False, null=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('name', polku.tenancy.translated.TranslatedField(blank=True, default=polku.tenancy.translated.Translated, max_length=120, verbose_name='name')),
                ('criterion', polku.tenancy.translated.TranslatedField(blank=True, default=polku.tenancy.translated.Translated, max_length=300, verbose_name='who belongs to it')),
                ('basis', models.CharField(choices=[('need', 'need'), ('behaviour', 'behaviour'), ('demographic', 'age and background'), ('geographic', 'place'), ('organisation_type', 'kind of organisation'), ('other', 'other')], default='other', max_length=20, verbose_name='told apart by')),
                ('size', models.PositiveIntegerField(blank=True, null=True, verbose_name='how many')),
                ('size_as_of', models.DateField(blank=True, null=True, verbose_name='counted on')),
                ('size_quality', models.CharField(choices=[('measured', 'measured'), ('estimated', 'estimated'), ('unknown', 'unknown')], default='unknown', max_length=10, verbose_name='how we know the number')),
                ('attractiveness', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='how much it matters to us, 1 to 5')),
                ('why_targeted', polku.tenancy.translated.TranslatedField(blank=True, default=polku.tenancy.translated.Translated, max_length=600, verbose_name='why them')),
                ('alternatives', polku.tenancy.translated.TranslatedField(blank=True, default=polku.tenancy.translated.Translated, max_length=600, verbose_name='what they would do otherwise')),
                ('market', models.CharField(blank=True, default='', max_length=80, verbose_name='market')),
                ('state', models.CharField(choices=[('candidate', 'a candidate'), ('targeted', 'chosen'), ('dropped', 'dropped')], default='candidate', max_length=12, verbose_name='state')),
                ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('owner_party', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='tenancy.party', verbose_name='owner')),
                ('relationship', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.relationship', verbose_name='for which customer')),
                ('updated_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.workspace')),
            ],
            options={
                'db_table': 'segment',
                'indexes': [models.Index(fields=['workspace', 'sort_title', 'id', 'archived', 'pending_run'], name='segment_title_idx'), models.Index(fields=['workspace', 'owner_party', 'archived', 'pending_run'], name='segment_owner_idx')],
                'constraints': [models.UniqueConstraint(fields=('workspace', 'code'), name='segment_code_unique'), models.CheckConstraint(condition=models.Q(models.Q(('audience', 'relationship'), _negated=True), ('relationship__isnull', False), _connector='OR'), name='segment_audience_names_customer', violation_error_message='Say which customer may see it.'), models.CheckConstraint(condition=models.Q(('attractiveness__isnull', True), ('attractiveness__range', (1, 5)), _connector='OR'), name='segment_attractiveness_1_to_5', violation_error_message='Choose a number from 1 to 5.')],
            },
        ),
        migrations.CreateModel(
            name='SharingRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_type', models.CharField(choices=[('basic', 'basic'), ('cooperative', 'cooperative'), ('partnership', 'partnership')], max_length=20)),
                ('to_type', models.CharField(choices=[('basic', 'basic'), ('cooperative', 'cooperative'), ('partnership', 'partnership')], max_length=20)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('answer', models.CharField(choices=[('pending', 'waits for an answer'), ('accepted', 'accepted'), ('declined', 'declined'), ('withdrawn', 'taken back')], default='pending', max_length=10)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('told_by', models.CharField(blank=True, default='', max_length=200, verbose_name='who said so, and how')),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.decision')),
                ('relationship', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sharing_requests', to='tenancy.relationship')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.workspace')),
            ],
            options={
                'db_table': 'sharing_request',
                'constraints': [models.UniqueConstraint(condition=models.Q(('answer', 'pending')), fields=('relationship',), name='sharing_request_one_pending', violation_error_message='This customer was already asked.')],
            },
        ),
    ]
