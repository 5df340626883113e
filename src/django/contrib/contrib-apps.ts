/** A migration of an app that comes with Django: what of it the database sees. */
export interface ContribMigration {
  readonly name: string;
  /** Items of a Python list, with `m` for django.db.migrations. */
  readonly dependencies: string;
  /** The same, with `f` for django.db.models. */
  readonly operations: string;
}

/**
 * What the migrations of Django's own apps do to a database, Django 3.2 to 6.1: facts of
 * django.contrib, in words of our own. Steps that run code are left out: they write rows of Django's
 * own tables alone, and find none.
 */
export const CONTRIB_APPS: Readonly<Record<string, readonly ContribMigration[]>> = {
  contenttypes: [
    {
      name: "0001_initial",
      dependencies: ``,
      operations: `m.CreateModel("ContentType", [
  ("id", f.AutoField(auto_created=True, primary_key=True)),
  ("name", f.CharField(max_length=100)),
  ("app_label", f.CharField(max_length=100)),
  ("model", f.CharField(max_length=100)),
], options={"db_table": "django_content_type"}),
m.AlterUniqueTogether("contenttype", [("app_label", "model")])`,
    },
    {
      name: "0002_remove_content_type_name",
      dependencies: `("contenttypes", "0001_initial")`,
      operations: `m.AlterField("contenttype", "name", f.CharField(max_length=100, null=True)),
m.RemoveField("contenttype", "name")`,
    },
  ],
  auth: [
    {
      name: "0001_initial",
      dependencies: `("contenttypes", "__first__")`,
      operations: `m.CreateModel("Permission", [
  ("id", f.AutoField(auto_created=True, primary_key=True)),
  ("name", f.CharField(max_length=50)),
  ("content_type", f.ForeignKey(on_delete=f.CASCADE, to="contenttypes.contenttype")),
  ("codename", f.CharField(max_length=100)),
], options={"unique_together": [("content_type", "codename")]}),
m.CreateModel("Group", [
  ("id", f.AutoField(auto_created=True, primary_key=True)),
  ("name", f.CharField(max_length=80, unique=True)),
  ("permissions", f.ManyToManyField(blank=True, to="auth.permission")),
]),
m.CreateModel("User", [
  ("id", f.AutoField(auto_created=True, primary_key=True)),
  ("password", f.CharField(max_length=128)),
  ("last_login", f.DateTimeField(default=timezone.now)),
  ("is_superuser", f.BooleanField(default=False)),
  ("username", f.CharField(max_length=30, unique=True)),
  ("first_name", f.CharField(blank=True, max_length=30)),
  ("last_name", f.CharField(blank=True, max_length=30)),
  ("email", f.EmailField(blank=True, max_length=75)),
  ("is_staff", f.BooleanField(default=False)),
  ("is_active", f.BooleanField(default=True)),
  ("date_joined", f.DateTimeField(default=timezone.now)),
  ("groups", f.ManyToManyField(related_name="user_set", blank=True, to="auth.group")),
  ("user_permissions", f.ManyToManyField(related_name="user_set", blank=True, to="auth.permission")),
], options={"swappable": "AUTH_USER_MODEL"})`,
    },
    {
      name: "0002_alter_permission_name_max_length",
      dependencies: `("auth", "0001_initial")`,
      operations: `m.AlterField("permission", "name", f.CharField(max_length=255))`,
    },
    {
      name: "0003_alter_user_email_max_length",
      dependencies: `("auth", "0002_alter_permission_name_max_length")`,
      operations: `m.AlterField("user", "email", f.EmailField(blank=True, max_length=254))`,
    },
    {
      name: "0004_alter_user_username_opts",
      dependencies: `("auth", "0003_alter_user_email_max_length")`,
      operations: `m.AlterField("user", "username", f.CharField(max_length=30, unique=True))`,
    },
    {
      name: "0005_alter_user_last_login_null",
      dependencies: `("auth", "0004_alter_user_username_opts")`,
      operations: `m.AlterField("user", "last_login", f.DateTimeField(blank=True, null=True))`,
    },
    {
      name: "0006_require_contenttypes_0002",
      dependencies: `("auth", "0005_alter_user_last_login_null"), ("contenttypes", "0002_remove_content_type_name")`,
      operations: ``,
    },
    {
      name: "0007_alter_validators_add_error_messages",
      dependencies: `("auth", "0006_require_contenttypes_0002")`,
      operations: `m.AlterField("user", "username", f.CharField(max_length=30, unique=True))`,
    },
    {
      name: "0008_alter_user_username_max_length",
      dependencies: `("auth", "0007_alter_validators_add_error_messages")`,
      operations: `m.AlterField("user", "username", f.CharField(max_length=150, unique=True))`,
    },
    {
      name: "0009_alter_user_last_name_max_length",
      dependencies: `("auth", "0008_alter_user_username_max_length")`,
      operations: `m.AlterField("user", "last_name", f.CharField(blank=True, max_length=150))`,
    },
    {
      name: "0010_alter_group_name_max_length",
      dependencies: `("auth", "0009_alter_user_last_name_max_length")`,
      operations: `m.AlterField("group", "name", f.CharField(max_length=150, unique=True))`,
    },
    {
      name: "0011_update_proxy_permissions",
      dependencies: `("auth", "0010_alter_group_name_max_length"), ("contenttypes", "0002_remove_content_type_name")`,
      operations: ``,
    },
    {
      name: "0012_alter_user_first_name_max_length",
      dependencies: `("auth", "0011_update_proxy_permissions")`,
      operations: `m.AlterField("user", "first_name", f.CharField(blank=True, max_length=150))`,
    },
  ],
  admin: [
    {
      name: "0001_initial",
      dependencies: `m.swappable_dependency(settings.AUTH_USER_MODEL), ("contenttypes", "__first__")`,
      operations: `m.CreateModel("LogEntry", [
  ("id", f.AutoField(auto_created=True, primary_key=True)),
  ("action_time", f.DateTimeField()),
  ("object_id", f.TextField(blank=True, null=True)),
  ("object_repr", f.CharField(max_length=200)),
  ("action_flag", f.PositiveSmallIntegerField()),
  ("change_message", f.TextField(blank=True)),
  ("content_type", f.ForeignKey(blank=True, null=True, on_delete=f.SET_NULL, to="contenttypes.contenttype")),
  ("user", f.ForeignKey(on_delete=f.CASCADE, to=settings.AUTH_USER_MODEL)),
], options={"db_table": "django_admin_log"})`,
    },
    {
      name: "0002_logentry_remove_auto_add",
      dependencies: `("admin", "0001_initial")`,
      operations: `m.AlterField("logentry", "action_time", f.DateTimeField(default=timezone.now))`,
    },
    {
      name: "0003_logentry_add_action_flag_choices",
      dependencies: `("admin", "0002_logentry_remove_auto_add")`,
      operations: `m.AlterField("logentry", "action_flag", f.PositiveSmallIntegerField())`,
    },
  ],
  sessions: [
    {
      name: "0001_initial",
      dependencies: ``,
      operations: `m.CreateModel("Session", [
  ("session_key", f.CharField(max_length=40, primary_key=True)),
  ("session_data", f.TextField()),
  ("expire_date", f.DateTimeField(db_index=True)),
], options={"db_table": "django_session"})`,
    },
  ],
  sites: [
    {
      name: "0001_initial",
      dependencies: ``,
      operations: `m.CreateModel("Site", [
  ("id", f.AutoField(auto_created=True, primary_key=True)),
  ("domain", f.CharField(max_length=100)),
  ("name", f.CharField(max_length=50)),
], options={"db_table": "django_site"})`,
    },
    {
      name: "0002_alter_domain_unique",
      dependencies: `("sites", "0001_initial")`,
      operations: `m.AlterField("site", "domain", f.CharField(max_length=100, unique=True))`,
    },
  ],
  flatpages: [
    {
      name: "0001_initial",
      dependencies: `("sites", "0001_initial")`,
      operations: `m.CreateModel("FlatPage", [
  ("id", f.AutoField(auto_created=True, primary_key=True)),
  ("url", f.CharField(db_index=True, max_length=100)),
  ("title", f.CharField(max_length=200)),
  ("content", f.TextField(blank=True)),
  ("enable_comments", f.BooleanField(default=False)),
  ("template_name", f.CharField(blank=True, max_length=70)),
  ("registration_required", f.BooleanField(default=False)),
  ("sites", f.ManyToManyField(to="sites.site")),
], options={"db_table": "django_flatpage"})`,
    },
  ],
  redirects: [
    {
      name: "0001_initial",
      dependencies: `("sites", "0001_initial")`,
      operations: `m.CreateModel("Redirect", [
  ("id", f.AutoField(auto_created=True, primary_key=True)),
  ("site", f.ForeignKey(on_delete=f.CASCADE, to="sites.site")),
  ("old_path", f.CharField(db_index=True, max_length=200)),
  ("new_path", f.CharField(blank=True, max_length=200)),
], options={"db_table": "django_redirect", "unique_together": [("site", "old_path")]})`,
    },
    {
      name: "0002_alter_redirect_new_path_help_text",
      dependencies: `("redirects", "0001_initial")`,
      operations: `m.AlterField("redirect", "new_path", f.CharField(blank=True, max_length=200))`,
    },
  ],
};
