"""The form of the first page of all."""

from home.publishing_checks import CheckedPageForm


class HomePageForm(CheckedPageForm):
    """As of every page; besides, whoever begins with the title “Home” is not told that there is one already."""

    def clean_slug(self) -> str:
        """Another end of the address where Wagtail's own page, which nobody here has made, sits on this one."""
        slug: str = self.cleaned_data["slug"]
        is_taken = self.instance.pk is None and self.parent_page.get_children().filter(slug=slug).exists()
        return f"{slug}-page" if is_taken else slug
