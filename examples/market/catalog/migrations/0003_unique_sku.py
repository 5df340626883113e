from django.db import migrations, models


def fill_slugs(apps, schema_editor):
    Product = apps.get_model("catalog", "Product")
    for product in Product.objects.filter(slug=None):
        product.slug = product.title.lower().replace(" ", "-")
        product.save()


class Migration(migrations.Migration):
    dependencies = [("catalog", "0002_product_slug")]

    operations = [
        migrations.RunPython(fill_slugs),
        migrations.AlterField(
            "product", "sku", models.CharField(max_length=40, unique=True)
        ),
        migrations.AddField("product", "weight", models.IntegerField(default=0)),
        migrations.AddIndex(
            "product", models.Index(fields=["title"], name="product_title")
        ),
    ]
