"""Names and places for invented supporters. Nobody here is anybody: first and last names are mixed by chance."""

from dataclasses import dataclass

_FIRST = """
Aaliyah Abena Adaeze Adam Agnieszka Aisha Alan Alejandra Alice Amara Amina Amit Ana Andreea Andrei Angela Anika
Anita Anouk Aoife Arjun Arwen Ayşe Bea Beatriz Ben Bethan Bogdan Bronagh Camila Carlos Carys Catarina Cerys
Charlotte Chidi Chloe Chiara Ciara Claire Clara Corina Cristina Daniel Daria David Deborah Deepa Dewi Diana Diego
Dilys Dimitra Dorota Ebony Edith Efua Eleni Elif Elin Ella Emeka Emily Emma Esther Ewa Fatima Farah Femi Fergus
Fiona Florin Francesca Gareth George Ghada Gloria Grace Grażyna Gwen Hana Hannah Harpreet Hassan Helen Hiba Hugo
Ibrahim Ifeoma Ileana Imogen Ines Ioana Iona Isabel Isla Ivy Jack Jade Jamila Jane Javier Jaya Jess Joana João Joe
José Joyce Julia Kamila Kasia Kate Kavita Kemi Kerry Kiran Kofi Krystyna Kwame Laila Lata Laura Leah Leila Lena Liam
Lidia Lina Lucia Lucy Luis Lukasz Mabel Magda Mahmoud Maeve Marek Margaret Maria Mariana Marta Martin Mateusz Maya
Megan Mei Mia Michael Mihaela Mina Miriam Mohammed Moira Molly Nadia Naomi Natalia Neil Ngozi Nia Nicola Nikhil
Nisha Niamh Noor Nuala Oana Ola Oliver Olivia Omar Orla Osian Oksana Owen Pablo Parveen Patience Patricia Paul Pedro
Petra Phoebe Piotr Pooja Priya Rachel Radu Rafael Rahel Raluca Ravi Rebecca Rhian Rhys Rita Robert Róisín Rosa Rowan
Ruth Ryan Sabina Sadia Sally Samira Samuel Sanjay Sara Seren Shabnam Shanice Shauna Simona Siobhan Sofia Solomon
Stella Stephen Sunita Susan Tamara Tanya Tariq Temi Teresa Theo Thomas Tilda Tomasz Uchenna Uma Valentina Vanessa
Vera Victor Wanda Wei Wendy Wiktoria Xenia Yasmin Yusuf Zahra Zainab Zofia Zoe
"""
FIRST_NAMES = tuple(_FIRST.split())

_LAST = """
Abbott Acheampong Adams Adebayo Ahmed Akhtar Albu Ali Allen Almeida Amoah Andersen Antonescu Appiah Ashworth Asante
Bailey Banerjee Barker Barnes Begum Bell Bennett Bianchi Blackwood Boateng Bowden Brown Burke Byrne Campbell
Carvalho Castillo Chan Chaudhry Chen Chukwu Clarke Cohen Collins Costa Craciun Cruz Cunningham Dąbrowska Davies
Delgado Demir Desai Diaz Dobre Donnelly Doyle Dragomir Duarte Dumitru Eastwood Edwards Ekwueme Ellis Eze Faulkner
Fernandes Ferreira Flores Flynn Fofanah Foster Fraser Freitas Gallagher Garcia Georgiou Ghosh Gibson Gill Gomes
González Goodwin Grant Green Griffiths Gupta Hall Hamid Harris Hashemi Hassan Hayes Hernández Hill Hinds Holloway
Horvath Hughes Hussain Iqbal Ionescu Islam Jackson Jankowska Jenkins Jiménez Johnson Jones Joseph Kamara Kaur Kaya
Kelly Kennedy Khan Kim Kowalczyk Kumar Lambert Lawal Lee Lewandowska Lewis Lim Lloyd López Lowe Lungu Lynch
MacDonald Machado Mahmood Malik Marin Marsh Martínez Mason Matei McCarthy McKenna Mehta Mensah Miah Miller Mitchell
Mohamud Moldovan Moore Morales Moreira Morgan Morris Moyo Murphy Mwangi Nair Ndlovu Neagu Nguyen Nkemelu Nowak
O'Brien O'Connor Obi Okafor Okonkwo Oliveira Olsen Omondi Osei Osman Owen Owusu Palmer Parker Patel Pearce Pereira
Pérez Perry Petrescu Phillips Pietrzak Popa Powell Price Qureshi Rahman Ramirez Ramos Reid Reyes Ribeiro Richards
Rivera Roberts Robinson Rodrigues Rogers Rossi Rowe Ruiz Rusu Ryan Sahin Saleh Sanders Santos Saunders Schmidt Scott
Shah Sharma Shaw Silva Simmons Singh Smith Soares Sokolova Stan Stewart Stoica Suleiman Sutherland Szymańska Tanaka
Taylor Thapa Thomas Thompson Torres Tran Turner Udo Usman Vargas Varga Vasile Walsh Wang Ward Warsame Watson White
Williams Williamson Wilson Wiśniewska Wong Wood Wright Yeboah Yilmaz Young Zając Zaman Zhang Zielińska
"""
LAST_NAMES = tuple(_LAST.split())


@dataclass(frozen=True)
class Town:
    """A place supporters come from: its outward postcodes, and how many signatures it sends (a share)."""

    name: str
    outward: tuple[str, ...]
    share: int


TOWNS = (
    Town("London", ("E1", "E8", "E17", "N1", "N4", "N16", "SE5", "SE15", "SW2", "SW9", "W12", "NW5", "NW10"), 24),
    Town("Manchester", ("M1", "M4", "M14", "M15", "M21"), 9),
    Town("Leeds", ("LS2", "LS6", "LS7", "LS11"), 7),
    Town("Bristol", ("BS2", "BS5", "BS6", "BS7"), 7),
    Town("Glasgow", ("G1", "G12", "G20", "G42"), 6),
    Town("Birmingham", ("B5", "B12", "B13", "B29"), 6),
    Town("Liverpool", ("L1", "L8", "L15", "L17"), 5),
    Town("Sheffield", ("S2", "S7", "S10"), 5),
    Town("Edinburgh", ("EH3", "EH6", "EH8"), 5),
    Town("Cardiff", ("CF10", "CF11", "CF24"), 4),
    Town("Brighton", ("BN1", "BN2"), 4),
    Town("Newcastle", ("NE1", "NE4", "NE6"), 4),
    Town("Nottingham", ("NG1", "NG7"), 3),
    Town("Belfast", ("BT7", "BT9", "BT15"), 3),
    Town("Norwich", ("NR2", "NR3"), 2),
    Town("Swansea", ("SA1", "SA2"), 2),
    Town("Hull", ("HU3", "HU5"), 2),
    Town("Plymouth", ("PL4",), 2),
)

# The letters Royal Mail leaves out of the second half of a postcode: C I K M O V.
INWARD_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"

# For those who sign from abroad: ISO 3166-1 codes.
COUNTRIES = ("IE", "RO", "ES", "PT", "PL", "FR", "DE", "NZ", "US")
