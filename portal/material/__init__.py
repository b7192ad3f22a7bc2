"""Material made for one pupil: files with their numbers, and simulators. Seeded, no Flask, no database."""
