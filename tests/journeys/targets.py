"""How large what one presses is, as WCAG 2.2 asks in 2.5.5 (AAA, 44 pixels) with its exceptions."""

from typing import Final

from playwright.sync_api import Page

SMALLEST: Final = 44

# Half a pixel is lost in rounding. Excepted are links within a sentence, which are as high as its lines, what only
# keyboards reach, and fields whose label, or the row they stand in, is pressed as well.
TOO_SMALL: Final = """smallest => {
    const isInSentence = link => {
        if (getComputedStyle(link).display !== 'inline') return false;
        let block = link.parentElement;
        while (getComputedStyle(block).display.startsWith('inline')) block = block.parentElement;
        return block.textContent.trim().length > link.textContent.trim().length;
    };
    const box = element => {
        const boxes = [element, ...(element.labels || [])].map(part => part.getBoundingClientRect());
        // A link may spread over the card it stands in.
        const spread = getComputedStyle(element, '::after');
        if (spread.position === 'absolute') boxes.push(element.offsetParent?.getBoundingClientRect() ?? boxes[0]);
        return {
            width: Math.max(...boxes.map(one => one.width)),
            height: Math.max(Math.max(...boxes.map(one => one.bottom)) - Math.min(...boxes.map(one => one.top)), 0),
        };
    };
    return [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
        .filter(element => element.checkVisibility({visibilityProperty: true}))
        .filter(element => !element.closest('.visually-hidden, .skip'))
        .filter(element => !(element.matches('a') && isInSentence(element)))
        .filter(element => {
            const {width, height} = box(element);
            return width && (width < smallest - 0.5 || height < smallest - 0.5);
        })
        .map(element => {
            const {width, height} = box(element);
            return `${Math.round(width)}×${Math.round(height)} ${element.outerHTML.slice(0, 120)}`;
        });
}"""


def targets_too_small(page: Page) -> list[str]:
    """Size and beginning of every target that is smaller than it should be."""
    return list(page.evaluate(TOO_SMALL, SMALLEST))
