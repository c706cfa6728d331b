"""What the site says about itself on every page, and what it looks like."""

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, FloatField, Func, Q
from django.db.models.lookups import GreaterThanOrEqual
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, Panel
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.fields import RichTextField

from home.looks.contrast import AA, AAA, COLOUR
from home.looks.fonts import FontFile, Stack, font_path
from home.looks.palette import ROLES, SCHEMES, Scheme, own_palette, palette_of, problems_of

READ_ON: Final = (("ink", "paper", AAA), ("accent", "paper", AA), ("link", "paper", AA), ("accent_text", "accent", AA))
"""What the database itself checks; the form also checks the colours that follow from these."""


class ColourField(models.CharField):
    """A colour as ``#rrggbb``, in small letters; empty for the platform's own."""

    def __init__(self, **options: Any) -> None:
        form = RegexValidator(rf"^{COLOUR.pattern}$", "Write the colour as # and six digits from 0 to f: #bf1230.")
        super().__init__(
            **{"max_length": 7, "blank": True, "default": "", "db_default": "", "validators": [form], **options}
        )

    def to_python(self, value: Any) -> Any:
        return value.strip().lower() if isinstance(value, str) else super().to_python(value)


def _constraints() -> list[models.BaseConstraint]:
    """Whatever writes to the table: all five colours of a scheme or none, and each pair to be read by everybody."""
    made: list[models.BaseConstraint] = []
    for scheme in SCHEMES:
        names = [f"{scheme}_{role}" for role in ROLES]
        made.append(
            models.CheckConstraint(
                condition=Q(**dict.fromkeys(names, "")) | ~Q(*[(name, "") for name in names], _connector=Q.OR),
                name=f"home_sitelook_{scheme}_colours_all_or_none",
                violation_error_message=f"Choose all five colours for {scheme} screens, or leave all of them empty.",
            )
        )
        for front, ground, ratio in READ_ON:
            measured = Func(
                F(f"{scheme}_{front}"), F(f"{scheme}_{ground}"), function="home_contrast", output_field=FloatField()
            )
            made.append(
                models.CheckConstraint(
                    condition=Q(GreaterThanOrEqual(measured, ratio)),
                    name=f"home_sitelook_{scheme}_{front}_on_{ground}",
                    violation_error_message=f"On {scheme} screens, {front.replace('_', ' ')} on {ground} needs a "
                    f"contrast of {ratio:g} to 1 at least.",
                )
            )
    return made


class SiteLook(BaseSiteSetting, ClusterableModel):
    """The name at the top of every page, the words at its foot, and colours, logo and fonts."""

    organisation_name = models.CharField(
        max_length=80, default="Parasol", help_text="Stands beside the canopy at the top of every page."
    )
    tagline = models.CharField(
        max_length=160, blank=True, help_text="One line below the name in the footer. What are you for?"
    )
    contact_email = models.EmailField(
        "contact e-mail", blank=True, help_text="Shown in the footer. Use a shared mailbox, not a person's."
    )
    footer_text = RichTextField(
        blank=True,
        features=["bold", "italic", "link"],
        help_text="Who publishes this site, and where to complain.",
    )

    light_paper = ColourField(verbose_name="paper", help_text="What everything stands on.")
    light_ink = ColourField(verbose_name="ink", help_text="Text to read: 7 to 1 on the paper at least.")
    light_accent = ColourField(verbose_name="accent", help_text="The one thing to do, such as the button that signs.")
    light_accent_text = ColourField(verbose_name="accent text", help_text="The words on such a button.")
    light_link = ColourField(verbose_name="link", help_text="Links, and second things.")
    dark_paper = ColourField(verbose_name="paper", help_text="What everything stands on.")
    dark_ink = ColourField(verbose_name="ink", help_text="Text to read: 7 to 1 on the paper at least.")
    dark_accent = ColourField(verbose_name="accent", help_text="The one thing to do, such as the button that signs.")
    dark_accent_text = ColourField(verbose_name="accent text", help_text="The words on such a button.")
    dark_link = ColourField(verbose_name="link", help_text="Links, and second things.")

    logo = models.ForeignKey(
        "home.ParasolImage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,  # one row a site
        help_text="Takes the place of the canopy. On dark screens it stands on white, unless you give one for those.",
    )
    logo_on_dark = models.ForeignKey(
        "home.ParasolImage", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    name_beside_logo = models.BooleanField(
        default=True, db_default=True, help_text="Take the tick away if the logo holds the name already."
    )
    logo_alt = models.CharField(
        "what the logo says",
        max_length=120,
        blank=True,
        default="",
        db_default="",
        help_text="Read aloud in its place. Leave it empty if the name stands beside it and the logo says no more.",
    )

    reading_stack = models.CharField(
        "headings and reading", max_length=12, choices=Stack, default=Stack.PAMPHLET, db_default=Stack.PAMPHLET
    )
    reading_font = models.FileField(
        "font file of your own",
        upload_to=font_path,
        validators=[FontFile()],
        blank=True,
        default="",
        db_default="",
        help_text="WOFF2, at most 16 kB. Comes from this site only. Text is never held back for it, and never jumps.",
    )
    reading_licence = models.CharField(
        "its licence",
        max_length=240,
        blank=True,
        default="",
        db_default="",
        help_text="Whose font it is, and what allows you to publish it. Written into the style sheet.",
    )
    form_stack = models.CharField(
        "forms and figures", max_length=12, choices=Stack, default=Stack.PLAIN, db_default=Stack.PLAIN
    )
    form_font = models.FileField(
        "font file of your own",
        upload_to=font_path,
        validators=[FontFile()],
        blank=True,
        default="",
        db_default="",
        help_text="WOFF2, at most 16 kB.",
    )
    form_licence = models.CharField("its licence", max_length=240, blank=True, default="", db_default="")

    panels: ClassVar[list[Panel]] = [
        MultiFieldPanel([FieldPanel("organisation_name"), FieldPanel("tagline")], heading="Name"),
        MultiFieldPanel([FieldPanel("contact_email"), FieldPanel("footer_text")], heading="Footer"),
        InlinePanel("words", label="Language", heading="Tagline and footer in other languages"),
        MultiFieldPanel(
            [FieldPanel("logo"), FieldPanel("logo_on_dark"), FieldPanel("name_beside_logo"), FieldPanel("logo_alt")],
            heading="Logo",
        ),
        *(
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel(f"{scheme}_{role}") for role in ROLES])],
                heading=f"Colours on {scheme} screens",
                help_text="All five, or none for the platform's own. What cannot be read by everybody is refused.",
            )
            for scheme in SCHEMES
        ),
        *(
            MultiFieldPanel(
                [FieldPanel(f"{part}_stack"), FieldPanel(f"{part}_font"), FieldPanel(f"{part}_licence")],
                heading=f"Fonts: {words}",
            )
            for part, words in (("reading", "headings and reading"), ("form", "forms and figures"))
        ),
    ]

    class Meta:
        verbose_name = "site look"
        constraints = [
            *_constraints(),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{part}_font": ""}) | ~Q(**{f"{part}_licence": ""}),
                    name=f"home_sitelook_{part}_font_has_a_licence",
                    violation_error_message="Say whose font it is, and what allows you to publish it.",
                )
                for part in ("reading", "form")
            ),
            models.CheckConstraint(
                condition=Q(logo__isnull=True) | Q(name_beside_logo=True) | ~Q(logo_alt=""),
                name="home_sitelook_logo_says_something",
                violation_error_message="Write what the logo says, or let the name stand beside it.",
            ),
        ]

    def clean(self) -> None:
        super().clean()
        problems = {
            f"{scheme}_{problem.role}": problem.sentence
            for scheme in SCHEMES
            if (chosen := self._chosen(scheme))
            for problem in problems_of(chosen, scheme)
        }
        if problems:
            raise ValidationError(problems)

    def palette(self, scheme: Scheme) -> Mapping[str, str]:
        """Every colour on screens of ``scheme``, by custom property."""
        chosen = self._chosen(scheme)
        return palette_of(chosen, scheme) if chosen else own_palette(scheme)

    def has_own_colours(self, scheme: Scheme) -> bool:
        """Whether the organisation has chosen colours for ``scheme``."""
        return bool(self._chosen(scheme))

    def _chosen(self, scheme: Scheme) -> dict[str, str]:
        """The five colours, or nothing unless there are five that can be read as such."""
        chosen = {role: getattr(self, f"{scheme}_{role}") for role in ROLES}
        return chosen if all(COLOUR.fullmatch(colour) for colour in chosen.values()) else {}
