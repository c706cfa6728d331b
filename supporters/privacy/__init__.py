"""Their own hands: what we hold about an address, shown to whoever reads its mail, and changed by them.

The public page looks nothing up; the worker does, and writes only to the address itself.
"""
