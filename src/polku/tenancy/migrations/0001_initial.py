import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import polku.tenancy.models.workspace
import polku.tenancy.translated
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='UserAccount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='mail address')),
                ('name', models.CharField(blank=True, default='', max_length=200, verbose_name='name')),
                ('lang', models.CharField(choices=[('en', 'English'), ('fi', 'Suomi'), ('pl', 'Polski'), ('ru', 'Русский')], default='en', max_length=10, verbose_name='language')),
                ('vocabulary', models.CharField(blank=True, choices=[('plain', 'Plain words'), ('service_management', 'Words of service management')], default='', max_length=30, verbose_name='words')),
                ('state', models.CharField(choices=[('invited', 'invited'), ('active', 'active'), ('disabled', 'switched off')], default='active', max_length=10)),
                ('is_demo', models.BooleanField(default=False)),
                ('single_keys', models.BooleanField(default=True, verbose_name='single-key shortcuts')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'db_table': 'user_account',
            },
        ),
        migrations.CreateModel(
            name='BusinessCalendar',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('timezone', models.CharField(default='Europe/Helsinki', max_length=64)),
                ('weekly_hours', models.JSONField(blank=True, default=dict)),
                ('closed_days', models.JSONField(blank=True, default=list)),
                ('exceptions', models.JSONField(blank=True, default=list)),
            ],
            options={
                'db_table': 'business_calendar',
            },
        ),
        migrations.CreateModel(
            name='Party',
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
                ('kind', models.CharField(choices=[('organisation', 'organisation'), ('person', 'person'), ('team', 'team')], default='organisation', max_length=20, verbose_name='kind')),
                ('kind_is_guess', models.BooleanField(default=False, verbose_name='kind is a guess')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('aliases', models.JSONField(blank=True, default=list, verbose_name='also known as')),
                ('is_internal', models.BooleanField(default=False, verbose_name='one of us')),
                ('business_id', models.CharField(blank=True, default='', max_length=40, verbose_name='business number')),
                ('web', models.URLField(blank=True, default='', max_length=500, verbose_name='web page')),
                ('contact', models.JSONField(blank=True, default=dict, verbose_name='contact')),
                ('languages', models.JSONField(blank=True, default=list, verbose_name='languages')),
                ('left_on', models.DateField(blank=True, null=True, verbose_name='left on')),
                ('state', models.CharField(choices=[('active', 'active'), ('left', 'has left'), ('merged', 'merged into another')], default='active', max_length=10, verbose_name='state')),
                ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.party')),
                ('owner_party', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='tenancy.party', verbose_name='owner')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='tenancy.party', verbose_name='part of')),
                ('updated_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'party',
                'constraints': [models.CheckConstraint(condition=models.Q(('parent', models.F('id')), _negated=True), name='party_not_its_own_parent', violation_error_message='Nobody can be part of themselves.')],
            },
        ),
        migrations.CreateModel(
            name='Relationship',
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
                ('type', models.CharField(choices=[('basic', 'basic'), ('cooperative', 'cooperative'), ('partnership', 'partnership')], default='basic', max_length=20, verbose_name='type')),
                ('since', models.DateField(blank=True, null=True, verbose_name='since')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('review_cadence', models.CharField(blank=True, default='', max_length=20, verbose_name='look back every')),
                ('health_note', polku.tenancy.translated.TranslatedField(blank=True, default=polku.tenancy.translated.Translated, verbose_name='how it goes, in words')),
                ('state', models.CharField(choices=[('prospect', 'not yet a customer'), ('active', 'active'), ('dormant', 'quiet'), ('ended', 'ended')], default='prospect', max_length=10, verbose_name='state')),
                ('consumer_party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='relationships_as_consumer', to='tenancy.party', verbose_name='customer')),
                ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('customer_contacts', models.ManyToManyField(blank=True, related_name='+', to='tenancy.party')),
                ('owner_party', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='tenancy.party', verbose_name='owner')),
                ('provider_party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='relationships_as_provider', to='tenancy.party', verbose_name='who serves')),
                ('relationship', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.relationship', verbose_name='for which customer')),
                ('updated_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'relationship',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('audience', 'relationship'), _negated=True), ('relationship__isnull', False), _connector='OR'), name='relationship_audience_names_customer', violation_error_message='Say which customer may see it.'), models.CheckConstraint(condition=models.Q(('consumer_party', models.F('provider_party')), _negated=True), name='relationship_two_sides', violation_error_message='A relationship needs two different sides.'), models.UniqueConstraint(condition=models.Q(('state', 'ended'), _negated=True), fields=('consumer_party', 'provider_party'), name='relationship_pair_unique', violation_error_message='These two already have a relationship.')],
            },
        ),
        migrations.AddField(
            model_name='party',
            name='relationship',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.relationship', verbose_name='for which customer'),
        ),
        migrations.CreateModel(
            name='Workspace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', polku.tenancy.translated.TranslatedField(blank=True, default=polku.tenancy.translated.Translated, max_length=120, verbose_name='name')),
                ('slug', models.CharField(max_length=40, unique=True, validators=[django.core.validators.RegexValidator('^[a-z0-9][a-z0-9-]*$', 'Use a-z, 0-9 and hyphens.')], verbose_name='address')),
                ('default_lang', models.CharField(default='en', max_length=35)),
                ('languages', models.JSONField(default=polku.tenancy.models.workspace.default_languages)),
                ('timezone', models.CharField(default='Europe/Helsinki', max_length=64)),
                ('size_profile', models.CharField(choices=[('solo', 'Just me'), ('small', 'A team with its own customers'), ('provider', 'An organisation with many services')], default='small', max_length=20)),
                ('vocabulary', models.CharField(choices=[('plain', 'Plain words'), ('service_management', 'Words of service management')], default='plain', max_length=30)),
                ('features', models.JSONField(blank=True, default=dict)),
                ('state_sets', models.JSONField(blank=True, default=dict)),
                ('small_n_limit', models.PositiveSmallIntegerField(default=5)),
                ('is_example', models.BooleanField(default=False)),
                ('state', models.CharField(choices=[('active', 'active'), ('archived', 'archived')], default='active', max_length=10)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('calendar', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.businesscalendar')),
                ('home_party', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.party')),
            ],
            options={
                'db_table': 'workspace',
                'constraints': [models.CheckConstraint(condition=models.Q(('small_n_limit__gte', 3)), name='workspace_small_n_at_least_3', violation_error_message='Groups smaller than 3 must stay hidden.')],
            },
        ),
        migrations.AddField(
            model_name='relationship',
            name='workspace',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.workspace'),
        ),
        migrations.CreateModel(
            name='PartyRole',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('customer', 'customer'), ('user', 'user'), ('sponsor', 'sponsor'), ('provider', 'who serves'), ('supplier', 'supplier'), ('integrator', 'integrator'), ('regulator', 'regulator'), ('community', 'community'), ('partner', 'partner'), ('competitor', 'competitor')], max_length=20, verbose_name='role')),
                ('context_kind', models.CharField(default='workspace', max_length=40)),
                ('context_id', models.BigIntegerField(blank=True, null=True)),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='until')),
                ('note', models.CharField(blank=True, default='', max_length=400, verbose_name='note')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='roles', to='tenancy.party')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.workspace')),
            ],
            options={
                'db_table': 'party_role',
                'indexes': [models.Index(fields=['workspace', 'context_kind', 'context_id'], name='party_role_workspa_be5330_idx')],
            },
        ),
        migrations.AddField(
            model_name='party',
            name='workspace',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.workspace'),
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('access_role', models.CharField(choices=[('admin', 'looks after settings and people'), ('editor', 'changes everything inside'), ('member', 'changes what is theirs, comments on the rest'), ('reader', 'reads inside'), ('co_creator', 'sees and accepts for one customer'), ('guest', 'sees one thing by link')], max_length=20, verbose_name='may do')),
                ('state', models.CharField(choices=[('invited', 'invited'), ('active', 'active'), ('ended', 'ended')], default='active', max_length=10)),
                ('is_portfolio_owner', models.BooleanField(default=False, verbose_name='decides on our services')),
                ('last_seen_at', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('party', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.party')),
                ('relationships', models.ManyToManyField(blank=True, related_name='memberships', to='tenancy.relationship')),
                ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.workspace')),
            ],
            options={
                'db_table': 'membership',
                'constraints': [models.UniqueConstraint(fields=('workspace', 'user'), name='membership_once')],
            },
        ),
        migrations.AddField(
            model_name='businesscalendar',
            name='workspace',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.workspace'),
        ),
        migrations.AddIndex(
            model_name='relationship',
            index=models.Index(fields=['workspace', 'sort_title', 'id', 'archived', 'pending_run'], name='relationship_title_idx'),
        ),
        migrations.AddIndex(
            model_name='relationship',
            index=models.Index(fields=['workspace', 'owner_party', 'archived', 'pending_run'], name='relationship_owner_idx'),
        ),
        migrations.AddConstraint(
            model_name='relationship',
            constraint=models.UniqueConstraint(fields=('workspace', 'code'), name='relationship_code_unique'),
        ),
        migrations.AddIndex(
            model_name='party',
            index=models.Index(fields=['workspace', 'sort_title', 'id', 'archived', 'pending_run'], name='party_title_idx'),
        ),
        migrations.AddIndex(
            model_name='party',
            index=models.Index(fields=['workspace', 'owner_party', 'archived', 'pending_run'], name='party_owner_idx'),
        ),
        migrations.AddConstraint(
            model_name='party',
            constraint=models.UniqueConstraint(fields=('workspace', 'code'), name='party_code_unique'),
        ),
        migrations.AddConstraint(
            model_name='party',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('audience', 'relationship'), _negated=True), ('relationship__isnull', False), _connector='OR'), name='party_audience_names_customer', violation_error_message='Say which customer may see it.'),
        ),
    ]
