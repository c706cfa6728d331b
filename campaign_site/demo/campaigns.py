"""The three campaigns, in the order they stand on the home page."""

from campaign_site.demo import amnesty, decriminalise, vawg

CAMPAIGNS = (decriminalise.CAMPAIGN, amnesty.CAMPAIGN, vawg.CAMPAIGN)
