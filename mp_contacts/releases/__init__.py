"""Files of the Office for National Statistics as they are downloaded, in the layout of whatever release."""
