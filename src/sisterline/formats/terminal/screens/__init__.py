"""Reports laid out for people, a file a report; each is loaded when it is drawn."""
