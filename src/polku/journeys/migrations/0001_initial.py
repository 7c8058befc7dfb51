import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import polku.tenancy.translated
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('portfolio', '0001_initial'),
        ('tenancy', '0001_initial'),
        ('tenancy', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Touchpoint',
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
                ('purpose', polku.tenancy.translated.TranslatedField(blank=True, default=polku.tenancy.translated.Translated, verbose_name='what it is for')),
                ('channel_kind', models.CharField(choices=[('place', 'place'), ('phone', 'phone'), ('letter', 'letter'), ('email', 'e-mail'), ('web', 'web'), ('app', 'app'), ('chat', 'chat'), ('social', 'social media'), ('event', 'event'), ('printed', 'printed matter'), ('person', 'a person'), ('device', 'device'), ('other', 'other')], default='other', max_length=10, verbose_name='way of meeting')),
                ('place', polku.tenancy.translated.TranslatedField(blank=True, default=polku.tenancy.translated.Translated, verbose_name='place')),
                ('customer_side', polku.tenancy.translated.TranslatedField(blank=True, default=polku.tenancy.translated.Translated, verbose_name='what the customer does here')),
                ('organisation_side', polku.tenancy.translated.TranslatedField(blank=True, default=polku.tenancy.translated.Translated, verbose_name='what we do here')),
                ('moment_of_truth', models.BooleanField(default=False, verbose_name='decisive moment')),
                ('moment_why', polku.tenancy.translated.TranslatedField(blank=True, default=polku.tenancy.translated.Translated, verbose_name='why it is decisive')),
                ('good_turn', polku.tenancy.translated.TranslatedField(blank=True, default=polku.tenancy.translated.Translated, verbose_name='when it goes well')),
                ('bad_turn', polku.tenancy.translated.TranslatedField(blank=True, default=polku.tenancy.translated.Translated, verbose_name='when it goes badly')),
                ('latitude', models.JSONField(blank=True, default=dict, verbose_name='what staff may decide alone')),
                ('recovery', polku.tenancy.translated.TranslatedField(blank=True, default=polku.tenancy.translated.Translated, verbose_name='how we put it right')),
                ('importance', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='importance, 1 to 5')),
                ('evidence_physical', models.JSONField(blank=True, default=list, verbose_name='what one can touch')),
                ('evidence_intangible', models.JSONField(blank=True, default=list, verbose_name='what one can sense')),
                ('observable_by', models.JSONField(blank=True, default=list, verbose_name='how we see what happens')),
                ('capacity', models.DecimalField(blank=True, decimal_places=3, max_digits=14, null=True, verbose_name='capacity')),
                ('capacity_unit', models.CharField(blank=True, default='', max_length=40, verbose_name='capacity unit')),
                ('capacity_per', models.CharField(blank=True, default='', max_length=20, verbose_name='capacity per')),
                ('accessibility_note', polku.tenancy.translated.TranslatedField(blank=True, default=polku.tenancy.translated.Translated, verbose_name='for everyone')),
                ('state', models.CharField(choices=[('planned', 'planned'), ('live', 'live'), ('paused', 'paused'), ('removed', 'removed')], default='planned', max_length=10, verbose_name='state')),
                ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('owner_party', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='tenancy.party', verbose_name='owner')),
                ('relationship', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.relationship', verbose_name='for which customer')),
                ('services', models.ManyToManyField(blank=True, related_name='touchpoints', to='portfolio.serviceproduct', verbose_name='services')),
                ('updated_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.workspace')),
            ],
            options={
                'db_table': 'touchpoint',
                'indexes': [models.Index(fields=['workspace', 'sort_title', 'id', 'archived', 'pending_run'], name='touchpoint_title_idx'), models.Index(fields=['workspace', 'owner_party', 'archived', 'pending_run'], name='touchpoint_owner_idx')],
                'constraints': [models.UniqueConstraint(fields=('workspace', 'code'), name='touchpoint_code_unique'), models.CheckConstraint(condition=models.Q(models.Q(('audience', 'relationship'), _negated=True), ('relationship__isnull', False), _connector='OR'), name='touchpoint_audience_names_customer', violation_error_message='Say which customer may see it.')],
            },
        ),
    ]
