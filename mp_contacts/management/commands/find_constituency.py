"""`manage.py find_constituency POSTCODE…`: in which seat a postcode lies, and who holds it."""

from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mp_contacts.models import PostcodeDirectory
from mp_contacts.postcodes import WhyUnknown, seat_for, why_unknown
from mp_contacts.selectors import member_of, seat_by_code

WHY: Final = {
    WhyUnknown.NOT_A_POSTCODE: "is not a full British postcode, such as SW1A 1AA",
    WhyUnknown.NORTHERN_IRELAND: "is in Northern Ireland, and not in the directory here",
    WhyUnknown.CROWN_DEPENDENCY: "is in a Crown dependency, which elects nobody to the House of Commons",
    WhyUnknown.OVERSEAS: "is a forces' or overseas address, which lies in no constituency",
    WhyUnknown.UNKNOWN: "is not in the directory",
}


class Command(BaseCommand):
    """A line for each: code, name, member, with tabs between."""

    help = "Print the constituency of each postcode and its member. A postcode with a space in it needs quotes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("postcodes", nargs="+", metavar="POSTCODE", help="such as SW1A1AA or 'SW1A 1AA'")

    def handle(self, *_args: Any, **options: Any) -> None:
        unknown = [postcode for postcode in options["postcodes"] if not self._say(postcode)]
        if unknown and not PostcodeDirectory.objects.exists():
            raise CommandError("There is no postcode directory here yet. Bring one in with import_postcodes.")
        if unknown:
            raise CommandError(". ".join(f"{postcode} {WHY[why_unknown(postcode)]}" for postcode in unknown) + ".")

    def _say(self, postcode: str) -> bool:
        code = seat_for(postcode)
        if not code:
            return False
        seat = seat_by_code(code)
        member = member_of(seat) if seat else None
        name = seat.name if seat else "(not among the constituencies here)"
        self.stdout.write("\t".join([code, name, member.name if member else "vacant" if seat else ""]))
        return True
