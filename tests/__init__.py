import os

# before anything of the portal is imported, and whatever the shell says
os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.test"
