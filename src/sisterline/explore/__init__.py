"""The full-screen explorer: `exploration` knows what is looked at, `app` shows it with Textual."""
