"""The register of incidents with personal data: reports, the clocks of each law, the steps that were taken."""
