"""What every page that asks for an action has in common."""

from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.utils import timezone
from django.utils.functional import cached_property
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel, Panel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.query import PageQuerySet

from supporters.action_page_form import ActionPageForm, consent_problems
from supporters.action_previews import StatesPreview
from supporters.models.consent import ConsentText, counterpart_in
from supporters.models.one_action import synchronised


class PrivacyMode(models.TextChoices):
    """How much the campaign can learn about the people who act on a page."""

    CONTACTABLE = "contactable", "Contactable: kept encrypted, readable by organisers with permission"
    COUNT = "count", "Count only: the address is used once to confirm, then only a keyed hash remains"


class ActionPage(StatesPreview, Page):
    """A page people act on: who is responsible for the data, when it is open, and what comes after."""

    privacy_mode = models.CharField(
        max_length=12,
        choices=PrivacyMode,
        default=PrivacyMode.CONTACTABLE,
        help_text="What cannot be read cannot be leaked. Choose 'count only' unless you need to write to people.",
    )
    controller = models.CharField(
        "organisation responsible for the data",
        max_length=200,
        help_text="Its full legal name. People are told this before they act.",
    )
    consent_text = models.ForeignKey(
        ConsentText,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The words beside the unticked box that asks whether you may write again. A page that only counts "
        "needs none.",
    )
    further_consents = ParentalManyToManyField(
        ConsentText,
        blank=True,
        related_name="+",
        help_text="One more unticked box each. Every purpose is asked about once.",
    )
    opens_at = models.DateTimeField(null=True, blank=True, help_text="Leave empty to open when published.")
    closes_at = models.DateTimeField(null=True, blank=True, help_text="Leave empty to stay open.")
    thank_you_title = models.CharField(max_length=120, default="Thank you")
    thank_you_body = RichTextField(blank=True, help_text="Shown once someone has confirmed.")
    next_action = models.ForeignKey(
        "wagtailcore.Page",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="What to ask for next, once someone has confirmed.",
    )
    share_text = models.CharField(
        max_length=200, blank=True, help_text="What people will post when they share this page. Without the link."
    )

    opening_panel: ClassVar[Panel] = MultiFieldPanel(
        [FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")])], heading="When it is open"
    )
    # Among the content and not the settings: without it no page can be published, and it is what people are told.
    data_panel: ClassVar[Panel] = MultiFieldPanel(
        [
            FieldPanel("privacy_mode"),
            FieldPanel("controller"),
            FieldPanel("consent_text"),
            FieldPanel("further_consents", widget=CheckboxSelectMultiple),
        ],
        heading="People's data",
    )
    afterwards_panels: ClassVar[list[Panel]] = [
        MultiFieldPanel(
            [FieldPanel("thank_you_title"), FieldPanel("thank_you_body"), PageChooserPanel("next_action")],
            heading="Thank you",
        ),
        FieldPanel("share_text"),
    ]

    # What holds for everybody, whichever language they read; see supporters.models.one_action.
    shared_fields: ClassVar[tuple[str, ...]] = ("privacy_mode", "controller", "opens_at", "closes_at")
    # Nor are these translated page by page: an organisation has its consents once in each language, pages have theirs.
    fields_of_each_language: ClassVar[tuple[str, ...]] = ("consent_text", "next_action")
    override_translatable_fields = synchronised(*shared_fields, *fields_of_each_language)

    base_form_class = ActionPageForm
    # Set by the form for as long as it holds the page; see there.
    is_checked_by_form = False

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Wagtail calls this whenever a page goes or stays live, however that comes about; never for a draft."""
        self._ask_in_own_language()
        super().clean()
        if self.opens_at and self.closes_at and self.opens_at >= self.closes_at:
            raise ValidationError({"closes_at": "Choose a closing time after the opening time."})
        if not self.is_checked_by_form:
            problems = consent_problems(self, self.further_consents.all())
            if problems:
                raise ValidationError(problems)

    def save(self, *args: Any, **kwargs: Any) -> None:
        # One action, however many pages tell of it: whichever is published, what holds for all is the original's.
        is_original = self.original is self
        if not is_original:
            self._follow_original()
        super().save(*args, **kwargs)
        # With a draft, the page in memory says what is not published yet, and a few columns of it are saved.
        if is_original and kwargs.get("update_fields") is None:
            self._lead_translations()

    @cached_property
    def original(self) -> Self:
        """The page that everything done here is kept on: this one, or the one that it says in another language."""
        first: Self | None = self._in_all_languages().first()
        return self if first is None or first.pk == self.pk else first

    @property
    def takes_part(self) -> bool:
        """Whether people can reach the action: this page is public, and so is the one it translates."""
        return bool(self.live and self.original.live)

    def in_language(self, language: str) -> Self:
        """This action's page as people read it in ``language``; itself where nobody has published one."""
        if self.locale.language_code == language:
            return self
        told = self._in_all_languages().live().public().filter(locale__language_code=language)
        found: Self | None = told.select_related("locale").first()
        return found or self

    def _in_all_languages(self) -> PageQuerySet:
        return type(self)._default_manager.filter(translation_key=self.translation_key).order_by("pk")

    def _follow_original(self) -> None:
        for field in self.shared_fields:
            setattr(self, field, getattr(self.original, field))
        self._ask_in_own_language()

    def _lead_translations(self) -> None:
        """What was changed here holds on every translation at once; each asks for it in its language, or asks nothing.

        Nothing, because a yes to another organisation's question, or to one in another language, is worth nothing.
        """
        columns = [*self.shared_fields, "consent_text", "further_consents"]
        for told in self._in_all_languages().exclude(pk=self.pk).select_related("locale"):
            told.original = self
            told._follow_original()
            if consent_problems(told, told.further_consents.all()):
                told.consent_text, told.further_consents = None, []
            super(ActionPage, told).save(clean=False, update_fields=columns)

    def _ask_in_own_language(self) -> None:
        """On a translation: ask what the original asks, in the words the organisation has in this language.

        Where it has none, the original's words stay, and publishing is refused until somebody has written them.
        """
        original = self.original
        if original is self or self.counts_only:
            return
        language = self.locale.language_code
        self.consent_text = counterpart_in(language, original.consent_text, kept=self.consent_text)
        kept = {text.purpose: text for text in self.further_consents.all()}
        self.further_consents = [
            counterpart_in(language, text, kept=kept.get(text.purpose)) for text in original.further_consents.all()
        ]

    @property
    def counts_only(self) -> bool:
        """Whether nobody is known here once they have confirmed, so that nobody can be asked to be written to."""
        return self.privacy_mode == PrivacyMode.COUNT

    @property
    def asked_texts(self) -> list[ConsentText]:
        """Every wording people are asked to agree to here, each by a box of its own; the first comes first."""
        if self.counts_only or self.consent_text is None:
            return []
        return [self.consent_text, *sorted(self.further_consents.all(), key=lambda text: text.purpose)]

    @property
    def is_within_opening_times(self) -> bool:
        now = timezone.now()
        return not (self.opens_at and now < self.opens_at) and not (self.closes_at and now >= self.closes_at)
