"""What administrators look after: the audit log and whether its chain holds."""
