from django.db import migrations

# Wagtail has an index on titles and one on bodies; a search asks for words that stand in either. Without a list of
# what is still to be sorted in: pages are saved now and then, and a long list has the planner read the whole table.
INDEX = "CREATE INDEX CONCURRENTLY home_search_words ON wagtailsearch_indexentry USING gin ((title || body)) WITH (fastupdate = off)"
DROP = "DROP INDEX CONCURRENTLY home_search_words"


class Migration(migrations.Migration):
    atomic = False  # so that pages can be saved while the index is built

    dependencies = [
        ("home", "0055_find_pages_and_know_what_is_gone"),
        ("wagtailsearch", "0010_add_text_fields"),
    ]

    operations = [migrations.RunSQL(INDEX, DROP)]
