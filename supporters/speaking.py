"""Answering in another language than the address says: a page's, or that of whoever holds a link."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.http import HttpRequest
from django.utils import translation


@contextmanager
def speaking(request: HttpRequest, language: str) -> Iterator[None]:
    """Speak ``language``, and let the answer to ``request`` say so: `UrlLanguageMiddleware` writes Content-Language."""
    request.LANGUAGE_CODE = language
    with translation.override(language):
        yield
