"""The landing page, the home page of each role, the inbox of officers, and the pages about the service."""
