"""Trainings: sessions with trainer and materials, attendance, certificates that anybody can check, surveys."""
