"""Word documents made in the tests, part by part, since notes and tricks are what no library writes."""

import zipfile
from collections.abc import Sequence
from io import BytesIO
from xml.sax.saxutils import escape

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.home.pictures import drawing

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def run(text: str, *, marks: str = "") -> str:
    return f'<w:r><w:rPr>{marks}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def bold(text: str) -> str:
    return run(text, marks="<w:b/>")


def italic(text: str) -> str:
    return run(text, marks="<w:i/>")


def footnote(number: int) -> str:
    return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'


def endnote(number: int) -> str:
    return f'<w:r><w:endnoteReference w:id="{number}"/></w:r>'


def paragraph(*runs: str, style: str = "", listed: bool = False) -> str:
    numbering = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>' if listed else ""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{numbering}</w:pPr>{''.join(runs)}</w:p>"


def table(*rows: Sequence[str], head: bool = True) -> str:
    """Each cell is the runs of its one paragraph; the first row is a header row where ``head``."""
    lines = []
    for place, row in enumerate(rows):
        marked = "<w:trPr><w:tblHeader/></w:trPr>" if head and place == 0 else ""
        lines.append(f"<w:tr>{marked}{''.join(f'<w:tc>{paragraph(cell)}</w:tc>' for cell in row)}</w:tr>")
    return f"<w:tbl>{''.join(lines)}</w:tbl>"


def picture(number: int, alt: str = "") -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="{number}" name="Picture {number}" descr="{escape(alt)}"/>'
        f'<a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="image{number}"/></pic:blipFill></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def link(text: str, target: str) -> str:
    return f'<w:hyperlink r:id="link-{target}">{run(text)}</w:hyperlink>'


def notes(kind: str, texts: Sequence[str]) -> str:
    lines = [f'<w:{kind} w:id="{number}">{paragraph(run(text))}</w:{kind}>' for number, text in enumerate(texts, 1)]
    return f"<w:{kind}s {NAMESPACES}>{''.join(lines)}</w:{kind}s>"


def docx(
    body: str,
    *,
    footnotes: Sequence[str] = (),
    endnotes: Sequence[str] = (),
    pictures: Sequence[bytes] = (),
    links: dict[str, str] | None = None,
    more: dict[str, bytes] | None = None,
) -> SimpleUploadedFile:
    """An upload of a document with ``body``; ``more`` are further parts, or replace what is made here."""
    relations = [("styles", "styles", "styles.xml"), ("numbering", "numbering", "numbering.xml")]
    relations += [("footnotes", "footnotes", "footnotes.xml"), ("endnotes", "endnotes", "endnotes.xml")]
    relations += [(f"image{number}", "image", f"media/image{number}.png") for number in range(1, len(pictures) + 1)]
    related = "".join(
        f'<Relationship Id="{name}" Type="{TYPE}/{kind}" Target="{target}"/>' for name, kind, target in relations
    ) + "".join(
        f'<Relationship Id="link-{name}" Type="{TYPE}/hyperlink" Target="{target}" TargetMode="External"/>'
        for name, target in (links or {}).items()
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="png" '
        'ContentType="image/png"/><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="main" '
        f'Type="{TYPE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{related}</Relationships>',
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {NAMESPACES}>{''.join(map(_style, STYLES.items()))}</w:styles>",
        "word/numbering.xml": f'<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0">'
        '<w:numFmt w:val="bullet"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
        "</w:numbering>",
        "word/footnotes.xml": notes("footnote", footnotes),
        "word/endnotes.xml": notes("endnote", endnotes),
        **{f"word/media/image{number}.png": content for number, content in enumerate(pictures, 1)},
        **(more or {}),
    }
    output = BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return SimpleUploadedFile("report.docx", output.getvalue(), content_type=DOCX)


STYLES = {
    "Title": "Title",
    "Heading1": "heading 1",
    "Heading2": "heading 2",
    "Heading3": "heading 3",
    "Caption": "caption",
    "Quote": "Quote",
    "Fancy": "Fancy Box",
}


def _style(pair: tuple[str, str]) -> str:
    return f'<w:style w:type="paragraph" w:styleId="{pair[0]}"><w:name w:val="{pair[1]}"/></w:style>'


def png(size: tuple[int, int] = (160, 120)) -> bytes:
    output = BytesIO()
    drawing(size).save(output, "PNG")
    return output.getvalue()


def long_report() -> SimpleUploadedFile:
    """A report of 14 footnotes and 6 endnotes, three tables and three pictures, one without a text alternative.

    The notes stand in text, in headings, tables, quotes and captions, and the two kinds by turns.
    """
    body = [
        paragraph(run("Access to justice"), style="Title"),
        paragraph(run("Why we wrote this"), footnote(1), style="Heading1"),
        paragraph(run("Plain, "), bold("bold"), run(" and "), italic("italic"), run(" & <odd>"), endnote(1), run(".")),
        paragraph(link("Our site", "site"), run(" and "), link("a program", "bad")),
        paragraph(run("First point"), footnote(2), listed=True),
        paragraph(run("Second point"), listed=True),
        paragraph(run("A smaller heading"), style="Heading2"),
        paragraph(run("A smaller one still"), style="Heading3"),
        paragraph(run("Somebody said this"), footnote(3), style="Quote"),
        table([run("Place"), run("Law")], [run("Norway"), "".join([run("Evicts"), footnote(4), endnote(2)])]),
        paragraph(run("Table of laws"), footnote(5), style="Caption"),
        paragraph(picture(1, "A red triangle")),
        paragraph(run("What is seen"), endnote(3), style="Caption"),
        paragraph(run("Between the two"), picture(2), style="Fancy"),
        paragraph(run("What is known"), style="Heading1"),
        table([run("One"), run("Two")], [run("a"), run("b")], head=False),
        *(paragraph(run(f"Fact {number}"), footnote(number)) for number in range(6, 15)),
        *(paragraph(run(f"Later {number}"), endnote(number)) for number in range(4, 7)),
        table([run("Year"), run("Won")], [run("1995"), run("A case")]),
        paragraph(picture(3, "Another triangle")),
    ]
    return docx(
        "".join(body),
        footnotes=[f"Footnote {number}" for number in range(1, 15)],
        endnotes=[f"Endnote {number}" for number in range(1, 7)],
        pictures=[png(), png((80, 60)), png((60, 80))],
        links={"site": "https://example.org/report", "bad": "file:///C:/run.exe"},
    )
