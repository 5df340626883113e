/** What a field class of a package is in the database. */
export interface ThirdPartyField {
  /** The class of Django's whose column it has; `none` has no column. */
  readonly base: string;
  readonly columnType?: string;
  /** Arguments that it sets where a migration does not state them. */
  readonly defaults?: Readonly<Record<string, number | boolean>>;
}

function like(base: string, defaults?: ThirdPartyField["defaults"]): ThirdPartyField {
  return defaults === undefined ? { base } : { base, defaults };
}

function typed(columnType: string): ThirdPartyField {
  return { base: "Field", columnType };
}

const NO_COLUMN = like("none");

/** Fields of packages that many projects use, by the class that migrations name. */
export const THIRD_PARTY_FIELDS: Readonly<Record<string, ThirdPartyField>> = {
  "annoying.fields.AutoOneToOneField": like("OneToOneField"),
  "annoying.fields.JSONField": like("TextField"),
  "autoslug.fields.AutoSlugField": like("SlugField"),
  "ckeditor.fields.RichTextField": like("TextField"),
  "ckeditor_uploader.fields.RichTextUploadingField": like("TextField"),
  "cloudinary.models.CloudinaryField": like("CharField", { max_length: 255 }),
  "colorfield.fields.ColorField": like("CharField", { max_length: 25 }),
  "django_better_admin_arrayfield.models.fields.ArrayField": like("ArrayField"),
  "django_countries.fields.CountryField": like("CharField", { max_length: 2 }),
  "django_cryptography.fields.EncryptedCharField": like("BinaryField"),
  "django_enum.fields.EnumCharField": like("CharField"),
  "django_extensions.db.fields.AutoSlugField": like("SlugField"),
  "django_extensions.db.fields.CreationDateTimeField": like("DateTimeField", {
    auto_now_add: true,
  }),
  "django_extensions.db.fields.ModificationDateTimeField": like("DateTimeField", {
    auto_now: true,
  }),
  "django_extensions.db.fields.RandomCharField": like("CharField"),
  "django_extensions.db.fields.ShortUUIDField": like("CharField", { max_length: 36 }),
  "django_extensions.db.fields.json.JSONField": like("TextField"),
  "django_fsm.FSMField": like("CharField", { max_length: 50 }),
  "django_fsm.FSMIntegerField": like("IntegerField"),
  "django_ltree.fields.PathField": typed("ltree"),
  "django_measurement.models.MeasurementField": like("FloatField"),
  "django_prices.models.MoneyField": like("DecimalField"),
  "djmoney.models.fields.CurrencyField": like("CharField", { max_length: 3 }),
  "djmoney.models.fields.MoneyField": like("DecimalField"),
  "easy_thumbnails.fields.ThumbnailerImageField": like("ImageField"),
  "encrypted_model_fields.fields.EncryptedCharField": like("TextField"),
  "encrypted_model_fields.fields.EncryptedTextField": like("TextField"),
  "fernet_fields.fields.EncryptedCharField": like("BinaryField"),
  "fernet_fields.fields.EncryptedTextField": like("BinaryField"),
  "filer.fields.file.FilerFileField": like("ForeignKey"),
  "filer.fields.image.FilerImageField": like("ForeignKey"),
  "imagekit.models.fields.ProcessedImageField": like("ImageField"),
  "jsonfield.JSONField": like("TextField"),
  "jsonfield.fields.JSONField": like("TextField"),
  "localflavor.us.models.USStateField": like("CharField", { max_length: 2 }),
  "localflavor.us.models.USZipCodeField": like("CharField", { max_length: 10 }),
  "markdownx.models.MarkdownxField": like("TextField"),
  "model_utils.fields.AutoCreatedField": like("DateTimeField"),
  "model_utils.fields.AutoLastModifiedField": like("DateTimeField"),
  "model_utils.fields.MonitorField": like("DateTimeField"),
  "model_utils.fields.StatusField": like("CharField", { max_length: 100 }),
  "model_utils.fields.UUIDField": like("UUIDField"),
  "modelcluster.contrib.taggit.ClusterTaggableManager": NO_COLUMN,
  "modelcluster.fields.ParentalKey": like("ForeignKey"),
  "modelcluster.fields.ParentalManyToManyField": like("ManyToManyField"),
  "mptt.fields.TreeForeignKey": like("ForeignKey"),
  "mptt.fields.TreeManyToManyField": like("ManyToManyField"),
  "mptt.fields.TreeOneToOneField": like("OneToOneField"),
  "multiselectfield.db.fields.MultiSelectField": like("CharField"),
  "netfields.fields.CidrAddressField": typed("cidr"),
  "netfields.fields.InetAddressField": typed("inet"),
  "netfields.fields.MACAddressField": typed("macaddr"),
  "ordered_model.fields.OrderField": like("PositiveIntegerField"),
  "pgvector.django.HalfVectorField": typed("halfvec"),
  "pgvector.django.VectorField": typed("vector"),
  "pgvector.django.vector.VectorField": typed("vector"),
  "phonenumber_field.modelfields.PhoneNumberField": like("CharField", { max_length: 128 }),
  "picklefield.fields.PickledObjectField": like("TextField"),
  "recurrence.fields.RecurrenceField": like("TextField"),
  "shortuuid.django_fields.ShortUUIDField": like("CharField"),
  "sorl.thumbnail.fields.ImageField": like("ImageField"),
  "taggit.managers.TaggableManager": NO_COLUMN,
  "taggit_autosuggest.managers.TaggableManager": NO_COLUMN,
  "timezone_field.TimeZoneField": like("CharField", { max_length: 63 }),
  "timezone_field.fields.TimeZoneField": like("CharField", { max_length: 63 }),
  "tinymce.models.HTMLField": like("TextField"),
  "versatileimagefield.fields.PPOIField": like("CharField", { max_length: 20 }),
  "versatileimagefield.fields.VersatileImageField": like("ImageField"),
  "wagtail.blocks.StreamField": like("TextField"),
  "wagtail.core.fields.RichTextField": like("TextField"),
  "wagtail.core.fields.StreamField": like("JSONField"),
  "wagtail.fields.RichTextField": like("TextField"),
  "wagtail.fields.StreamField": like("JSONField"),
};
