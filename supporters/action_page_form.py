"""What an organiser is told when a page that people act on is not ready to be published."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Case, When
from django.urls import reverse
from django.utils.html import format_html
from wagtail.admin.forms import WagtailAdminPageForm

if TYPE_CHECKING:
    from supporters.models.action_pages import ActionPage
    from supporters.models.consent import ConsentText

NO_WORDS: Final = "Choose the words that ask whether you may write again. Only a page that just counts needs none."
NONE_YET: Final = (
    "No wording is written yet. Somebody who looks after people's data writes one: Settings, Consent texts."
)
NONE_YET_FOR_YOU: Final = (
    'No wording is written yet. <a href="{}">Write the first one</a>, then come back and choose it.'
)
SET_ELSEWHERE: Final = "Set on the page in {language}; it holds in every language."
ASKED_TWICE: Final = "Choose one wording for each purpose, and none for what the first box asks already."


def consent_problems(page: "ActionPage", further: Iterable["ConsentText"]) -> dict[str, list[str]]:
    """Full sentences by field, about what people would be asked on ``page``; none when it may be published.

    What somebody agrees to must be in the language they read and name who is responsible on this page,
    or the yes is worth nothing.
    """
    if page.counts_only:
        return {}
    if page.consent_text is None:
        return {"consent_text": [NO_WORDS]}
    others = list(further)
    problems = {
        "consent_text": _misfits(page, page.consent_text),
        "further_consents": [sentence for text in others for sentence in _misfits(page, text)],
    }
    purposes = [page.consent_text.purpose, *(text.purpose for text in others)]
    if len(set(purposes)) < len(purposes):
        problems["further_consents"].append(ASKED_TWICE)
    return {field: sentences for field, sentences in problems.items() if sentences}


def _misfits(page: "ActionPage", text: "ConsentText") -> list[str]:
    found = []
    language = page.locale.language_code
    if text.language != language:
        found.append(
            f"“{text}” is written in {_language(text.language)}, and this page in {_language(language)}. "
            "Choose words in the language of the page."
        )
    if page.controller and text.controller != page.controller:
        found.append(
            f"“{text}” names {text.controller}, and this page {page.controller}, as responsible for the data. "
            "Both have to name the same organisation."
        )
    return found


def _language(code: str) -> str:
    return dict(settings.LANGUAGES).get(code, code)


class ActionPageForm(WagtailAdminPageForm):
    """Lets a draft be saved however little it says, and tells what is missing when it is to be published.

    On a translation, what holds in every language is shown and cannot be changed.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and self.instance.original is not self.instance:
            self._shut_what_is_set_elsewhere()
        self._put_own_language_first()
        if "consent_text" in self.fields and not self.fields["consent_text"].queryset.exists():
            self.fields["consent_text"].help_text = self._where_words_come_from()
        if "controller" in self.fields and self.instance.pk is None and not self.initial.get("controller"):
            self.initial["controller"] = self._usual_controller()

    def _put_own_language_first(self) -> None:
        """There is each wording in each language; only those in the page's own can be published with it."""
        own = self.instance.locale.language_code if self.instance.locale_id else settings.LANGUAGE_CODE
        for name in {"consent_text", "further_consents"} & self.fields.keys():
            texts = self.fields[name].queryset
            is_foreign = Case(When(language=own, then=0), default=1)
            self.fields[name].queryset = texts.order_by(is_foreign, *texts.model._meta.ordering)

    def _shut_what_is_set_elsewhere(self) -> None:
        language = _language(self.instance.original.locale.language_code)
        for name in self.instance.shared_fields:
            if name in self.fields:
                self.fields[name].disabled = True
                self.fields[name].help_text = SET_ELSEWHERE.format(language=language)

    def _where_words_come_from(self) -> str:
        """Instead of an empty list without a word."""
        may_write = self.for_user is not None and self.for_user.has_perm("supporters.add_consenttext")
        return format_html(NONE_YET_FOR_YOU, reverse("consent_texts:add")) if may_write else NONE_YET

    def _usual_controller(self) -> str:
        """Who is named in the newest wording: page and wording have to name the same organisation."""
        newest = self.fields["consent_text"].queryset.order_by("-pk").first() if "consent_text" in self.fields else None
        return newest.controller if newest else ""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        # The boxes that are ticked here reach the page only after it has been checked, so the form checks in its place.
        self.instance.is_checked_by_form = True
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.is_deferred_validation:
            return
        further = self.cleaned_data.get("further_consents", self.instance.further_consents.all())
        for field, sentences in consent_problems(self.instance, further).items():
            self.add_error(field if field in self.fields else None, ValidationError(sentences))
