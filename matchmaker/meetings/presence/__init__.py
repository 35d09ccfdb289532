"""Who is there: check points, badges, scans of devices that were offline for a while."""
