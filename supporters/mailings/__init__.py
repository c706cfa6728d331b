"""One text to everybody in a segment who agreed to it.

Whom it is for is written down once, when somebody presses "send". From there the outbox is filled a little at a
time, so that the mail somebody waits for never stands behind a hundred thousand that nobody does.
"""
