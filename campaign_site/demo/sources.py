"""The public reports behind the facts on the demo site, each written down once."""

from campaign_site.demo.pieces import Source

ACCESS_TO_JUSTICE = Source(
    "English Collective of Prostitutes, ‘Sex Workers: Access to Justice’, report of the webinar held in "
    "November 2020; its sources were last checked on 16 May 2022."
)
PROSECUTIONS = Source("The Independent, 12 October 2019, on prosecutions for rape in England and Wales.")
ST_MUNGOS = Source("The Guardian, 5 November 2019, on St Mungo's and the Home Office.")
AFTER_THE_REFERENDUM = Source(
    "Connelly and English Collective of Prostitutes, ‘EU Migrant Sex Work in the UK Post-Referendum’, "
    "University of Salford, 2021."
)
UNDESERVING_VICTIMS = Source(
    "ICRSE, now the European Sex Workers' Rights Alliance (ESWA), ‘Undeserving Victims?’, 28 October 2020."
)
WHY_REPORT = Source(
    "Bowen, Hodsdon, Swindells and Blake, ‘Why Report?’, Sexuality Research and Social Policy 18(4), 2021, "
    "pages 885 to 896.",
    "https://doi.org/10.1007/s13178-021-00627-1",
)
NORWAY = Source(
    "Amnesty International, ‘The Human Cost of “Crushing” the Market: Criminalization of Sex Work in Norway’, "
    "EUR 36/4034/2016.",
    "https://www.amnesty.org/en/documents/eur36/4034/2016/en/",
)
FRANCE = Source("European Sex Workers' Rights Alliance (ESWA), on the French law that made clients criminals.")
PRIVATE_PROSECUTION = Source(
    "The Independent, 19 September 1995, on the first successful private prosecution for rape."
)
PRIORITIZING_SAFETY = Source("San Francisco, ‘Prioritizing Safety for Sex Workers’, policy.")
SENATE_BILL_233 = Source(
    "California, Senate Bill 233, 2019.",
    "https://leginfo.legislature.ca.gov/faces/billNavClient.xhtml?bill_id=201920200SB233",
)
AMNESTY_POLICY = Source(
    "Amnesty International, ‘Policy on State Obligations to Respect, Protect and Fulfil the Human Rights of Sex "
    "Workers’, POL 30/4062/2016.",
    "https://www.amnesty.org/en/documents/pol30/4062/2016/en/",
)
HOME_AFFAIRS_COMMITTEE = Source(
    "House of Commons Home Affairs Committee, ‘Prostitution’, Third Report of Session 2016–17, HC 26, 2016.",
    "https://publications.parliament.uk/pa/cm201617/cmselect/cmhaff/26/2609.htm",
)
POLICE_GUIDANCE = Source("National Police Chiefs' Council, guidance on policing sex work, 2019.")
TRAFFICKING_DIRECTIVE = Source(
    "Directive 2011/36/EU of the European Parliament and of the Council on preventing and combating trafficking "
    "in human beings, 2011.",
    "https://eur-lex.europa.eu/eli/dir/2011/36/oj",
)
REFERRAL_MECHANISM = Source(
    "Home Office, guidance on the National Referral Mechanism for potential adult victims of modern slavery, GOV.UK."
)
